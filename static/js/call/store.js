/** Holds the call's state, passes actions to the reducer and notifies subscribers. */

import { reduce } from "./reduce.js";
import { initialState } from "./state.js";

/**
 * @import { Action } from "./reduce.js"
 * @import { CallState } from "./state.js"
 */

/**
 * @typedef {(state: CallState, action: Action) => void} Listener
 *
 * @typedef {Object} Store
 * @property {CallState} state
 * @property {(action: Action) => void} dispatch
 * @property {(listener: Listener) => () => void} subscribe - returns unsubscribe
 */

/**
 * Listeners are called after every action that changes the state.
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
