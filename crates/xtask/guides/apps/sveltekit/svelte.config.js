import adapter from '@sveltejs/adapter-static';

// The search is put beside the pages after they were built.
export default { kit: { adapter: adapter(), prerender: { handleHttpError: 'ignore' } } };
