/**
 * The only user of `console`. error: a developer must look; info: a rare fact; debug: off unless asked for.
 * Never log addresses, subjects, bodies, passwords or tokens: ids only.
 */
export interface Logger {
  error(message: string, detail?: unknown): void
  info(message: string, detail?: unknown): void
  debug(message: string, detail?: unknown): void
}

export const consoleLogger: Logger = {
  error: (message, detail) => {
    console.error(`postern: ${message}`, detail ?? '')
  },
  info: (message, detail) => {
    console.info(`postern: ${message}`, detail ?? '')
  },
  debug: () => undefined,
}

export const silentLogger: Logger = { error: () => undefined, info: () => undefined, debug: () => undefined }
