declare module 'virtual:sync-worker' {
  /** Absolute URL of the worker's script, a module. */
  const url: string
  export default url
}
