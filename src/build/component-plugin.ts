import type { Plugin } from 'vite'
import { notCompiled } from './svelte-cuts.ts'

const component = /\/src\/.+\.svelte$/

/** Tells Svelte 4's slots which snippets are there. */
const slots = /,?\s*\$\$slots: \{[^{}]*\}/g
/** Whether a text node is looked for, which only a page rendered by a server has to be told. */
const isText = /(\$\.(?:child|first_child|only_child|sibling)\([^()]*), true\)/g

/** Takes out of compiled components what no code of ours, and none left of Svelte's, reads. */
export function componentPlugin(): Plugin {
  return {
    name: 'postern:components',
    apply: 'build',
    transform(code, id) {
      if (!component.test(id)) return null
      const used = notCompiled.exec(code)?.[0]
      if (used !== undefined) throw new Error(`${id} compiles to ${used}, which svelte-cuts.ts leaves out.`)
      // Lines stay as they are, and with them the source map.
      const withoutSlots = code.replace(slots, (text) => text.replaceAll(/[^\n]/g, ''))
      return { code: withoutSlots.replace(isText, '$1)'), map: null }
    },
  }
}

/**
 * Each element of a styled component names its class: the shorter, the less there is to load. Two components with one
 * name would have each other's styles, so that fails the build; rename one of them.
 */
export function shortClassNames(): (component: { hash: (text: string) => string; filename: string }) => string {
  const owners = new Map<string, string>()
  return ({ hash, filename }) => {
    // Not from the root of this machine's disk: a build is the same wherever it is made.
    const path = filename.slice(filename.lastIndexOf('src/'))
    const name = `s${hash(path).slice(0, 3)}`
    const owner = owners.get(name) ?? path
    if (owner !== path) throw new Error(`The styles of ${owner} and ${path} have one class name, ${name}.`)
    owners.set(name, path)
    return name
  }
}
