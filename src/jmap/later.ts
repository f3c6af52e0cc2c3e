/** What no first row needs of the protocol: the event stream, and the bytes of blobs. */
export { downloadBlob } from './blobs.ts'
export { listenToEvents } from './event-source.ts'
