// A network that lets nothing through but the relay: no other candidate may be used.

(() => {
  const only = (options) => ({ ...options, iceTransportPolicy: "relay" });
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends Native {
    constructor(options) {
      super(only(options));
    }

    setConfiguration(options) {
      super.setConfiguration(only(options));
    }
  };
})();
