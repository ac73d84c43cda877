/** A style sheet as text. The build puts the minified text in this file's place. */

export const css = await (await fetch(new URL('./narrowing.css', import.meta.url))).text();
