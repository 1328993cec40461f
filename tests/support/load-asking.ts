import { openAsking } from '@/lib/background/asking';
import type { BackgroundWorld } from '@/lib/background/background';
import type { Doctor } from '@/lib/doctor/doctor';

const noDoctor: Doctor = {
  diagnose: () => Promise.reject(new Error('nobody is ill here')),
  findServers: () => Promise.reject(new Error('nobody looks for servers here')),
};

/** As from the script that the background reads later. */
export function loadAskingWith(doctor: Doctor = noDoctor): BackgroundWorld['loadAsking'] {
  return () => Promise.resolve((world) => openAsking({ ...world, doctor }));
}
