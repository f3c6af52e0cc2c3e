/** Made by `pdf-frame-plugin.ts` from `src/render/pdf/pdf-frame-script.ts`. */
declare module 'virtual:pdf-frame' {
  /** The srcdoc of a PDF's frame. It is constant: no file ever becomes part of it. */
  export const frameDocument: string
}
