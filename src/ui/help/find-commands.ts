/** Which commands a reader who types means: by words of their names and groups, or by a key itself. */
import { help as t } from '../../i18n/en/help.ts'
import { keyPaths } from './command-caps.ts'
import type { Command } from '../../state/commands.ts'

export function findCommands(commands: readonly Command[], wanted: string, apple: boolean): readonly Command[] {
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands
  return commands.filter((command) => {
    const said = `${t.commands[command.name]} ${t.groups[command.group]}`.toLocaleLowerCase()
    const caps = keyPaths(command, apple)
      .flat(2)
      .flatMap(({ text, spoken }) => [text.toLocaleLowerCase(), spoken.toLocaleLowerCase()])
    return words.every((word) => said.includes(word) || caps.includes(word))
  })
}
