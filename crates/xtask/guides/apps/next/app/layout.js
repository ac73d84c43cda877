import { Box } from './box';

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Box />
        <main>{children}</main>
      </body>
    </html>
  );
}
