/** The part of mediasoup-client that is used, as a module of its own, so that it becomes a chunk of its own. */
export { Device } from "mediasoup-client";
