/** Where the malformed mails lie: beside the repository, as their licences do not let them be part of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const malformedCorpus = join(import.meta.dirname, '../../../shared/corpus/malformed')

/** Why the corpus cannot be read here; undefined where it can. */
export function whyNoCorpus(): string | undefined {
  return existsSync(join(malformedCorpus, 'index.json')) ? undefined : 'there is no ../shared/corpus/malformed here'
}
