/**
 * Holds the call's state. It is changed only by `reduce`, and listeners hear of every change.
 *
 * @typedef {import("./state.js").CallState} CallState
 * @typedef {import("./reduce.js").Action} Action
 * @typedef {(state: CallState, action: Action) => void} Listener
 * @typedef {Object} Store
 * @property {CallState} state
 * @property {(action: Action) => void} dispatch
 * @property {(listener: Listener) => () => void} subscribe   returns unsubscribe
 */

import { reduce } from "./reduce.js";
import { initialState } from "./state.js";

/**
 * @param {CallState} [state]
 * @returns {Store}
 */
export function createStore(state = initialState()) {
  /** @type {Set<Listener>} */
  const listeners = new Set();
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener(state, action);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
