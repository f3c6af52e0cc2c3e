declare module 'virtual:icon/*' {
  /** Data of one SVG path on a grid of 24, drawn with a stroke. */
  const path: string
  export default path
}
