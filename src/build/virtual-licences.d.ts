declare module 'virtual:licences' {
  /** Postern's own. */
  export const own: string
  export const licences: readonly {
    readonly name: string
    readonly version: string
    readonly licence: string
    /** The notice as the package has it. */
    readonly text: string
  }[]
}
