export default { base: '/', logLevel: 'warn', optimizeDeps: { exclude: ['samara-search'] } };
