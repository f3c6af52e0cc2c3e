/**
 * One run at a time; whatever is asked meanwhile becomes one more run after it, so that an older answer can never
 * overtake a newer one. The promise is for the run that covers this request. A run that fails leaves the last value:
 * the database says why elsewhere (sync status).
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const start = (): Promise<void> => {
    if (running) {
      next ??= running.then(() => {
        next = undefined
        return start()
      })
      return next
    }
    running = run()
      .catch(() => undefined)
      .finally(() => {
        running = undefined
      })
    return running
  }
  return start
}
