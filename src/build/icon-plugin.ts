import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const prefix = 'virtual:icon/'
const { resolve } = createRequire(import.meta.url)

/**
 * `virtual:icon/NAME` is the drawing of a Lucide icon as the data of one SVG path: a component for each icon would cost
 * the first route more than all the rest of its drawings.
 */
export function iconPlugin(): Plugin {
  return {
    name: 'postern:icons',
    resolveId: (source) => (source.startsWith(prefix) ? `\0${source}` : null),
    async load(resolved) {
      if (!resolved.startsWith(`\0${prefix}`)) return null
      const name = resolved.slice(prefix.length + 1)
      const svg = await readFile(resolve(`lucide-static/icons/${name}.svg`), 'utf8')
      return `export default ${JSON.stringify(rounded(pathOf(svg)))}`
    },
  }
}

/** All shapes of a drawing, one after the other. */
export function pathOf(svg: string): string {
  const shapes = [...svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1).matchAll(/<(\w+)([^>]*)\/>/g)]
  return shapes
    .map(([, shape = '', attributes = '']) => {
      const text = (name: string): string =>
        new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ??
        (name === 'rx' || name === 'ry' ? '0' : missing(name))
      return shapeData(shape, text)
    })
    .map((data, index) => (index > 0 && data.startsWith('m') ? `M0 0${data}` : data))
    .join('')
}

/** To a hundredth of the 24 units: a tenth of a pixel where icons are largest. Numbers may stand without a space between. */
export function rounded(data: string): string {
  return data.replace(/\d*\.\d+|\d+/g, (number, offset: number) => {
    // A flag of an arc may stand before its number: "01.5" is two.
    if (!/\.\d{3}/.test(number) || /^0\d/.test(number)) return number
    const short = String(Math.round(Number(number) * 100) / 100).replace(/^0\./, '.')
    if (short.includes('.')) return short
    const isAfterNumber = /\d/.test(data.charAt(offset - 1))
    return (isAfterNumber ? ' ' : '') + short + (data[offset + number.length] === '.' ? ' ' : '')
  })
}

function shapeData(shape: string, text: (name: string) => string): string {
  const number = (name: string): number => Number(text(name))
  switch (shape) {
    case 'path':
      return text('d')
    case 'line':
      return `M${text('x1')} ${text('y1')}L${text('x2')} ${text('y2')}`
    case 'polyline':
      return `M${text('points')}`
    case 'circle': {
      const r = number('r')
      return `M${String(number('cx') - r)} ${text('cy')}a${String(r)} ${String(r)} 0 1 0 ${String(2 * r)} 0a${String(r)} ${String(r)} 0 1 0 ${String(-2 * r)} 0z`
    }
    case 'rect': {
      const r = number('rx')
      const across = number('width') - 2 * r
      const down = number('height') - 2 * r
      const corner = (x: number, y: number): string =>
        r > 0 ? `a${String(r)} ${String(r)} 0 0 1 ${String(x)} ${String(y)}` : ''
      return `M${String(number('x') + r)} ${text('y')}h${String(across)}${corner(r, r)}v${String(down)}${corner(-r, r)}h${String(-across)}${corner(-r, -r)}v${String(-down)}${corner(r, -r)}z`
    }
    default:
      throw new Error(`An icon holds <${shape}>, which src/build/icon-plugin.ts cannot draw as a path.`)
  }
}

function missing(name: string): never {
  throw new Error(`A shape of an icon has no ${name}.`)
}
