export default { outDir: '../out/astro', trailingSlash: 'always' };
