/** Drives mails through the render layer alone: the pipeline page. */
import type { ParsedMail } from './corpus.ts'
import type { Realm } from './engine-page.ts'
import { faultsOf } from './static-check.ts'

/** Shows the mail; what is wrong with its tree or its outcome comes back as sentences. */
export async function viewInPipeline(page: Realm, mail: ParsedMail): Promise<readonly string[]> {
  if (mail.html === null) {
    await page.evaluate((text: string) => window.harness!.showText(text), mail.text ?? '')
    return []
  }
  const shown = await page.evaluate((html: string) => window.harness!.show(html), mail.html)
  const faults = [...faultsOf(shown.tree)]
  if (shown.outcome !== 'painted') faults.push(shown.outcome)
  const violations = await page.evaluate(() => window.harness!.violations.splice(0))
  return [...faults, ...violations]
}
