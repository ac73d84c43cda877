import starlight from '@astrojs/starlight';
import samara from 'astro-samara/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  base: '/handbook/astro',
  integrations: [starlight({ title: 'The village handbook', plugins: [samara()] })],
});
