import 'samara-search/auto';
import { createElement as h, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, Outlet, RouterProvider, useNavigate } from 'react-router';

function Layout() {
  const navigate = useNavigate();
  const box = useRef(null);
  useEffect(() => {
    box.current.navigate = (url) => navigate(new URL(url).pathname);
  }, [navigate]);
  return h('div', null, h('samara-search', { src: '/search/', mode: 'modal', ref: box }), h('main', null, h(Outlet)));
}

const page = (path, text) => ({ path, element: h('p', null, text) });
const router = createBrowserRouter([{ element: h(Layout), children: [page('/', 'Home'), page('/a/', 'Alpha'), page('/b/', 'Beta')] }]);
createRoot(document.getElementById('root')).render(h(RouterProvider, { router }));
