// Counts what the page asks of its connections, and measures how long its main thread stands still.

(() => {
  const prototype = RTCPeerConnection.prototype;
  const calls = { addIceCandidate: 0, setRemoteDescription: 0 };
  for (const name of Object.keys(calls)) {
    const native = prototype[name];
    prototype[name] = function (...options) {
      calls[name] += 1;
      return native.apply(this, options);
    };
  }

  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: "longtask" });

  window.work = {
    calls,
    /** The longest task since this was last asked, in milliseconds; 0 for less than 50. */
    longestTask() {
      const found = longest;
      longest = 0;
      return found;
    },
    heapMegabytes: () => performance.memory.usedJSHeapSize / 2 ** 20,
  };
})();
