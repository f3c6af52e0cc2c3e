/** Tells the engine what the reader looks at: which account, mailbox and conversation, and whether the page is seen. */
import type { AttentionReporter } from '../../state/attention.ts'
import type { MailPlace } from './mail-place.svelte.ts'

/** Called while a component is set up; ends with it. */
export function followAttention(place: MailPlace, attention: AttentionReporter): void {
  $effect(() => {
    attention.lookAt(place.account?.port ?? null)
    return () => attention.lookAt(null)
  })
  $effect(() => {
    const { mailboxId, threadId } = place
    const report = (): void => attention.report({ visible: !document.hidden, mailboxId, openThreadId: threadId })
    report()
    document.addEventListener('visibilitychange', report)
    return () => document.removeEventListener('visibilitychange', report)
  })
}
