/** The step of a sign-in that asks for a code: it comes with the first server that wants one. */
export const codeStep = {
  title: 'One more step',
  code: 'Code',
  hint: 'Six digits from your authenticator app.',
  submit: 'Continue',
  back: 'Back',
  missing: 'Type the code of your authenticator app.',
}
