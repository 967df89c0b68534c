/**
 * Meters the level of my microphone, and provides the page's AudioContext, a silent stream and a test tone for the
 * speaker.
 */

/** @type {AudioContext | null} */
let shared = null;

/**
 * One context for the page: browsers allow only a few.
 * @returns {AudioContext | null}
 */
export function audioContext() {
  try {
    shared ??= new AudioContext();
    // Not in the state "interrupted", as during a phone call on iOS: a context of Safari that is resumed too early
    // reports "running" but does not run (GetStream/stream-video-js#2249). After the call it becomes "suspended".
    if (shared.state === "suspended") void shared.resume().catch(() => undefined);
    return shared;
  } catch {
    return null; // no audio hardware, or refused: the level stays 0
  }
}

/**
 * A silent stream, for an audio element that must play something.
 * @returns {MediaStream | null}
 */
export function silence() {
  return audioContext()?.createMediaStreamDestination().stream ?? null;
}

/** Measures one track with an AnalyserNode; reads 0 without a track or audio hardware. */
export class LevelMeter {
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  /** @type {MediaStreamTrack | null} */
  #track = null;
  #samples = new Float32Array(512);

  /** @param {MediaStreamTrack | null} track - null: stop */
  listen(track) {
    if (track === this.#track) return;
    this.#source?.disconnect();
    this.#source = null;
    this.#track = track;
    const context = track === null ? null : audioContext();
    if (track === null || context === null) return;
    this.#analyser ??= new AnalyserNode(context, { fftSize: 512 });
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
  }

  /** @returns {number} level from 0 to 1, comparable to the audio levels of remote tracks */
  level() {
    if (this.#source === null || this.#analyser === null) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.min(1, Math.sqrt(sum / this.#samples.length) * 2);
  }
}

const NOTES = [523.25, 659.25, 783.99]; // C5 E5 G5
const NOTE_SECONDS = 0.22;

/**
 * Three soft notes as a stream, so that an audio element can send them to the chosen speaker.
 * @returns {{stream: MediaStream, seconds: number} | null}
 */
export function testTone() {
  const context = audioContext();
  if (context === null) return null;
  const output = context.createMediaStreamDestination();
  const volume = new GainNode(context, { gain: 0 });
  volume.connect(output);
  NOTES.forEach((frequency, index) => {
    const at = context.currentTime + 0.1 + index * NOTE_SECONDS;
    const note = new OscillatorNode(context, { frequency, type: "sine" });
    note.connect(volume);
    note.start(at);
    note.stop(at + NOTE_SECONDS);
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.03);
    volume.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS - 0.02);
  });
  return { stream: output.stream, seconds: 0.2 + NOTES.length * NOTE_SECONDS };
}
