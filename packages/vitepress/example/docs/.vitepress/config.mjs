import samara from 'vitepress-samara';

export default {
  title: 'The village handbook',
  base: '/handbook/vitepress/',
  cleanUrls: true,
  vite: { plugins: [samara()] },
};
