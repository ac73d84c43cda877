import samara from 'vite-plugin-samara';

export default { base: '/handbook/vite/', plugins: [samara()] };
