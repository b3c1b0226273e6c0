// What CIDs js-ipfs-unixfs-importer gives: reads a list of samples, imports each, says the CIDs of their roots.
import fs from 'node:fs'
import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import { BlackHoleBlockstore } from 'blockstore-core/black-hole'

// pseudo-random bytes that the other side can make as well
function bytes (seed, size) {
  const out = new Uint8Array(size)
  for (let i = 0, x = seed; i < size; i++) { x = Math.imul(x, 1664525) + 1013904223 | 0; out[i] = x >>> 24 }
  return out
}

function attributes ({ mode, secs, nsecs }) {
  return { ...(mode == null ? {} : { mode }), ...(secs == null ? {} : { mtime: { secs: BigInt(secs), ...(nsecs ? { nsecs } : {}) } }) }
}

// sample: { file: [seed, size] } | { link: target } | { folder: { name: sample } }, each with mode, secs, nsecs or without
function * candidates (path, sample) {
  const common = { path, ...attributes(sample) }
  if (sample.file) yield { ...common, content: bytes(...sample.file) }
  else if (sample.link) yield { ...common, link: sample.link }
  else {
    yield common
    for (const [name, below] of Object.entries(sample.folder)) yield * candidates(path + '/' + name, below)
  }
}

export async function cids (file) {
  const found = []
  for (const { chunk, links, raw, block, sample } of JSON.parse(fs.readFileSync(file, 'utf8'))) {
    let root
    const options = {
      cidVersion: raw ? 1 : 0, rawLeaves: raw, chunker: fixedSize({ chunkSize: chunk }),
      layout: balanced({ maxChildrenPerNode: links }), shardSplitStrategy: block ? 'block-bytes' : 'links-bytes'
    }
    for await (const entry of importer(candidates('r', sample), new BlackHoleBlockstore(), options)) root = entry
    found.push(root.cid.toString())
  }
  return { cids: found }
}
