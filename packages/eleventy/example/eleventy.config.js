import samara from 'eleventy-samara';

export default (config) => {
  config.addPlugin(samara, { attributes: 'mode="modal"' });
};
