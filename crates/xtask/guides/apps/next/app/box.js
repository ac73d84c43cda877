'use client';
import 'samara-search/auto';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

export function Box() {
  const router = useRouter();
  const box = useRef(null);
  useEffect(() => {
    box.current.navigate = (url) => router.push(new URL(url).pathname);
  }, [router]);
  return <samara-search src="/search/" mode="modal" ref={box} />;
}
