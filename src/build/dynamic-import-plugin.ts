import type { Plugin } from 'vite'

const helper = '\0vite/preload-helper.js'

/**
 * What stands around each `import()` of a built app: the styles of a part are there before it is shown. Vite's own helper
 * also preloads scripts (our links are in the HTML), knows nonces and older browsers, and is 0.5 kB in the first script.
 * A part whose styles do not come rejects as one whose script does not, and both are asked for again.
 */
const source = `
import { basePath } from '/src/platform/base-path.ts'
const styles = {}
const style = (file) => styles[file] ??= new Promise((resolve, reject) => {
  const href = basePath + '/' + file
  if (!file.endsWith('.css') || document.querySelector('link[href$="' + file + '"]')) return resolve()
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = href
  link.onload = () => resolve()
  link.onerror = () => {
    delete styles[file]
    link.remove()
    reject(new Error(href + ' did not arrive'))
  }
  document.head.append(link)
})
export const __vitePreload = async (load, files = []) => (await Promise.all([load(), ...files.map(style)]))[0]
`

export function dynamicImportPlugin(): Plugin {
  let isReplaced = false
  return {
    name: 'postern:dynamic-import',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (id !== helper) return null
      isReplaced = true
      return source
    },
    buildEnd(error) {
      if (!error && !isReplaced) this.error(`Vite no longer has ${helper}: is it another one now?`)
    },
  }
}
