import type { Plugin } from 'vite'
import { replacePart } from './same-lines.ts'

const library = /\/node_modules\/dompurify\/dist\/purify\.es\.mjs$/
const ours = /\/src\/.+\.(?:svelte|ts)$/
const sanitiser = /\/src\/render\/sanitiser\.ts$/

/**
 * Names that are allowed where a call brings no list of its own. Ours always does, and without these nothing would be
 * allowed. (The names of SVG's and MathML's elements stay: they also say what cannot be HTML.)
 */
const defaults = ['html$1', 'html', 'svg', 'mathMl', 'xml'].map((name) => ({
  from: new RegExp(`\\nconst ${name.replace('$', '\\$')} = freeze\\(\\[[^\\]]+\\]\\);`),
  to: `\nconst ${name} = freeze([]);`,
}))

const cuts: readonly { readonly from: RegExp; readonly to: string }[] = [
  ...defaults,
  // A helper of their compiler that nothing uses; as it is written into, no bundler can drop it.
  { from: /\nfunction _OverloadYield[\s\S]+?\n\}(?=\nfunction _arrayLikeToArray)/, to: '' },
  { from: /\nfunction AsyncGenerator[\s\S]+?\n\};(?=\nconst entries = )/, to: '' },
  // A letter comes as text, goes through a document of its own and leaves as a tree: nothing is sanitised where it
  // stands, no node is copied, and nothing is written out.
  { from: /dirty = stringifyValue\(dirty\);/, to: '' },
  { from: /\} else if \(_isNode\(dirty\)\) \{/, to: '} else if (false) {' },
  { from: /\n\t\tif \(RETURN_DOM\) \{/, to: '\n\t\tif (true) {' },
  { from: /const inPlace = IN_PLACE && .+;/, to: 'const inPlace = false;' },
  { from: /let SAFE_FOR_TEMPLATES = false;/, to: 'const SAFE_FOR_TEMPLATES = false;' },
  { from: /SAFE_FOR_TEMPLATES = cfg\.SAFE_FOR_TEMPLATES \|\| false;/, to: '' },
  { from: /let USE_PROFILES = false;/, to: 'const USE_PROFILES = false;' },
  { from: /USE_PROFILES = objectHasOwnProperty\(cfg, "USE_PROFILES"\) .+;/, to: '' },
  // Elements, attributes and a policy of Trusted Types that a call would add.
  { from: /\n\t\tconst customElementHandling = [\s\S]+?(?=\n\t\tCUSTOM_ELEMENT_HANDLING = create\(null\);)/, to: '' },
  {
    from: /\n\t\tif \(objectHasOwnProperty\(customElementHandling[\s\S]+?(?=\n\t\tseal\(CUSTOM_ELEMENT_HANDLING\))/,
    to: '',
  },
  {
    from: /\n\t\tif \(objectHasOwnProperty\(cfg, "ADD_TAGS"\)\) [\s\S]+?(?=\n\t\tif \(objectHasOwnProperty\(cfg, "ADD_FORBID)/,
    to: '',
  },
  { from: /\n\t\tif \(cfg\.TRUSTED_TYPES_POLICY\) \{[\s\S]+?\n\t\t\} else \{/, to: '\n\t\t{' },
  { from: /if \(IN_TRUSTED_TYPES_POLICY > 0\) throw .+;/, to: '' },
  // What every call brings along is not kept between calls, and nothing looks in while it works.
  { from: /\n\tDOMPurify\.setConfig = function[\s\S]+?(?=\n\treturn DOMPurify;\n\}\nvar )/, to: '' },
  { from: /if \(IN_PLACE\) _neutralizeSubtree\(currentNode\);/, to: '' },
]

/**
 * Leaves out of DOMPurify what its one caller cannot reach: only what would allow more, and code for an option that it
 * does not use. A DOMPurify that reads otherwise, and a source of ours that calls it otherwise, fail the build.
 */
export function leanPurifyPlugin(): Plugin {
  return {
    name: 'postern:lean-purify',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (library.test(id)) return { code: leanPurify(code), map: null }
      if (!ours.test(id) || !/from 'dompurify'/.test(code)) return null
      if (!sanitiser.test(id)) throw new Error(`${id} calls DOMPurify; lean-purify-plugin.ts knows one caller.`)
      if (!/\bALLOWED_TAGS: \[/.test(code) || !/\bALLOWED_ATTR: \[/.test(code) || !/\bRETURN_DOM: true,/.test(code))
        throw new Error(`${id} brings no list of its own, or wants text: lean-purify-plugin.ts leaves that out.`)
      const used =
        /\b(?:IN_PLACE|SAFE_FOR_TEMPLATES|USE_PROFILES|CUSTOM_ELEMENT_HANDLING|ADD_TAGS|ADD_ATTR|TRUSTED_TYPES_POLICY|\w+Config|\w+Hooks?|isValidAttribute)\b/.exec(
          code,
        )?.[0]
      if (used !== undefined) throw new Error(`${id} uses ${used}, which lean-purify-plugin.ts leaves out.`)
      return null
    },
  }
}

/** The library's text without what is listed above. */
export function leanPurify(code: string): string {
  return cuts.reduce((left, { from, to }) => replacePart('DOMPurify', left, from, to), code)
}
