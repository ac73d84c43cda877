/** The element's style sheet as text. The build puts the minified text in this file's place. */

export const css = await (await fetch(new URL('./styles.css', import.meta.url))).text();
