/** A WebSocket whose server is the test. */
export class FakeWebSocket {
  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  readyState = 0;
  /** @type {any[]} */
  sent = [];
  closed = false;
  /** @type {any} */
  onopen = null;
  /** @type {any} */
  onmessage = null;
  /** @type {any} */
  onclose = null;

  /** @param {string} frame */
  send(frame) {
    this.sent.push(JSON.parse(frame));
  }

  close() {
    this.closed = true;
    this.readyState = 3;
  }

  accept() {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** @param {unknown} message */
  deliver(message) {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }

  lose() {
    this.readyState = 3;
    this.onclose?.({});
  }

  /** @param {string} type */
  last(type) {
    return this.sent.findLast((message) => message.type === type);
  }
}

/** Collects the sockets that are made. */
export function socketFactory() {
  /** @type {FakeWebSocket[]} */
  const sockets = [];
  return {
    sockets,
    /** @param {string} url */
    create(url) {
      const socket = new FakeWebSocket(url);
      sockets.push(socket);
      return socket;
    },
    get last() {
      return /** @type {FakeWebSocket} */ (sockets.at(-1));
    },
  };
}
