import type { Plugin } from 'vite'
import { replacePart } from './same-lines.ts'

const library = /\/node_modules\/idb\/build\/index\.js$/
const ours = /\/src\/(?:auth|replica)\/.+\.ts$/

/** The last part of the file: cursors as async iterators. It replaces traps as it is loaded, so no bundler can drop it. */
const iterators = /\nconst advanceMethodProps = [\s\S]+?\n(?=export \{)/

/** Cursors are not used at all: what a range holds is read with one `getAll`. */
const cursors =
  /\n {4}if \(getCursorAdvanceMethods\(\)\.includes\(func\)\) \{\n[\s\S]+?\n {4}\}\n(?= {4}return function)/

/** Leaves out of `idb` what no code of ours can reach. An idb that reads otherwise, or a cursor of ours, fails the build. */
export function leanIdbPlugin(): Plugin {
  return {
    name: 'postern:lean-idb',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (ours.test(id) && /\bopen(?:Key)?Cursor\b|\bfor await\b|\.iterate\(/.test(code))
        throw new Error(`${id} uses a cursor, which lean-idb-plugin.ts leaves out.`)
      if (!library.test(id)) return null
      return { code: replacePart('idb', replacePart('idb', code, iterators), cursors), map: null }
    },
  }
}
