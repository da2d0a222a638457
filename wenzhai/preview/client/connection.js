// @ts-check
/**
 * Keeps a socket to the server open: notices a dead one, and comes back when the server does.
 */

import { OWN } from "./served.js";

/** Milliseconds of silence after which a socket is dead; the server pings every 3 seconds. */
const SILENCE = 9_000;
/** Milliseconds a socket may take to open. */
const OPENING = 4_000;
/** Milliseconds before each further try, while the page is seen and while it is not. */
const WAITS = {
  visible: [50, 200, 400, 600, 700],
  hidden: [500, 2_000, 5_000, 10_000, 20_000, 25_000],
};

/**
 * @typedef {object} Peer
 * @property {() => string} token
 * @property {() => object} hello the first message on each socket
 * @property {(message: any) => void} hear
 * @property {() => Promise<boolean>} renew asks the server for a new token; false: it is away
 * @property {(there: boolean) => void} notice told when the connection is lost and found
 */

export class Connection {
  /** @type {WebSocket | undefined} */
  #socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #heard = 0;
  #tries = 0;
  #trying = false;

  /** @param {Peer} peer */
  constructor(peer) {
    this.peer = peer;
  }

  /** Connect, and stay connected for as long as the page is shown. */
  start() {
    const now = () => this.#wake();
    document.addEventListener("visibilitychange", now);
    for (const event of ["online", "pageshow", "focus"]) addEventListener(event, now);
    addEventListener("pagehide", () => this.#leave());
    this.#connect();
  }

  /**
   * Send a message, if there is somebody to hear it.
   *
   * @param {object} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #connect() {
    const address = new URL("socket", OWN);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("token", this.peer.token());
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#expect(OPENING);
    socket.onopen = () => this.#welcome();
    socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
    socket.onclose = () => this.#lose();
  }

  #welcome() {
    this.#tries = 0;
    this.#expect(SILENCE);
    this.send(this.peer.hello());
    this.peer.notice(true);
  }

  /** @param {any} message */
  #hear(message) {
    this.#expect(SILENCE);
    if (message.type === "ping") this.send({ type: "pong" });
    else if (message.type === "bye") this.#lose();
    else this.peer.hear(message);
  }

  /**
   * Take the socket for dead unless something is heard in time.
   *
   * @param {number} milliseconds
   */
  #expect(milliseconds) {
    this.#heard = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lose(), milliseconds);
  }

  /** Give a socket up: a dead one would take minutes to close by itself. */
  #lose() {
    this.#drop();
    this.peer.notice(false);
    this.#retryLater();
  }

  #drop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #retryLater() {
    const waits = WAITS[document.hidden ? "hidden" : "visible"];
    const wait = waits[Math.min(this.#tries++, waits.length - 1)];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#retry(), wait);
  }

  /**
   * Look for the server by an ordinary request before a socket is opened: browsers slow sockets
   * down that failed, and the answer tells the token, which is another after a restart.
   */
  async #retry() {
    if (this.#trying) return;
    this.#trying = true;
    const there = await this.peer.renew();
    this.#trying = false;
    if (there) this.#connect();
    else this.#retryLater();
  }

  /** The page is seen again, or the network is back: no need to wait. */
  #wake() {
    if (document.hidden) return;
    const silent = Date.now() - this.#heard > SILENCE;
    if (this.#socket && !silent) return;
    this.#drop();
    this.#tries = 0;
    this.#retry();
  }

  /** The page may be kept for a return; a socket may not. */
  #leave() {
    this.#drop();
  }
}
