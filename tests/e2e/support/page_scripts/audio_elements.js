// Collects the elements a page plays sound with, from outside: it changes nothing about them.

(() => {
  const made = [];
  const Native = window.Audio;
  window.Audio = class Audio extends Native {
    constructor(...options) {
      super(...options);
      made.push(this);
    }
  };

  const trackOf = (element) =>
    element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks()[0] : null;

  /** How loud the microphone of a tile's person is played: 0 to 1, null while it is not. */
  window.loudnessOf = (tile) => {
    const camera = tile.querySelector("video").srcObject;
    const element = made.find((one) => trackOf(one) !== null && camera?.getAudioTracks().includes(trackOf(one)));
    if (element === undefined) return null;
    return element.muted ? 0 : element.volume;
  };
})();
