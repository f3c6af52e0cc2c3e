/** Made by `frame-plugin.ts` from `src/render/frame/frame-script.ts`. */
declare module 'virtual:frame' {
  /** The script of the frame, as it stands in both documents. */
  export const script: string
  /** `sha256-…`, as the policies name it. */
  export const sha256: string
  /** The srcdoc of design A. It is constant: mail never becomes part of it. */
  export const document: string
}
