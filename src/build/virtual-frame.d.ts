/** Made by `frame-plugin.ts` from `src/render/frame/frame-script.ts`. */
declare module 'virtual:frame' {
  /** The srcdoc of design A. It is constant: mail never becomes part of it. */
  export const document: string
}
