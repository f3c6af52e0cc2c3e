/** The engine's work that no first row waits for. It is loaded as one piece, once the first rows are there. */
export { fetchBodies } from './bodies.ts'
export { EngineWork } from './engine-work.ts'
export { PageFetchers } from './page-fetchers.ts'
export { fetchThread } from './single-fetches.ts'
