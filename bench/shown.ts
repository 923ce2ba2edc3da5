import { lastForm, type SlackPost } from '../test/support/slack/workspace.ts';

/** What a person sees of one command. */
export interface ShownAnswer {
  readonly post: SlackPost;
  /** Its newest form. */
  readonly text: string;
  /** One of its forms promised an answer for later. */
  readonly wasPromised: boolean;
  /** Its newest form is a figure, and no promise. */
  readonly hasFigure: boolean;
  /** How many of its forms were a final figure: more than one is an edit that was made again. */
  readonly finals: number;
}

const PLACEHOLDER = /Checking/;
const PROMISE = /\bI will (answer|update|try)\b/;
const FIGURE = /[\d.,]+ [MG]B (of|left)/;

export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);
const isFinal = (text: string): boolean => FIGURE.test(text) && !PROMISE.test(text) && !isPlaceholder(text);

export function shownIn(posts: readonly SlackPost[]): ShownAnswer[] {
  return posts.map((post) => {
    const { text } = lastForm(post);
    return {
      post,
      text,
      wasPromised: post.forms.some((form) => PROMISE.test(form.text)),
      hasFigure: isFinal(text),
      finals: post.forms.filter((form) => isFinal(form.text)).length,
    };
  });
}
