//! One pass over a text: this thread cuts it into blocks and merges their events, the others tally the blocks.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use super::cut::{Block, Cutter};
use super::rows::{Layout, Lines};
use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::profile::order::EventOrder;
use crate::eventlog::profile::plan::Plan;
use crate::eventlog::profile::tally::Tally;

/// More workers would wait for the thread that reads.
const WORKERS: usize = 2;
/// Blocks on the way: one for each worker to work on, one that waits for it, and two to read and to merge.
const BLOCKS: usize = 2 * WORKERS + 2;

/// Tallies all blocks, of which the first is cut already.
pub(super) fn run(
    cutter: &mut Cutter<impl Read>,
    mut first: Block,
    plan: &Plan,
    layout: Layout,
    limits: &Limits<'_>,
) -> Result<(Tally, EventOrder), ReadError> {
    let mut tally = plan.tally();
    let mut merger = Merger::new(limits.cases);
    if cutter.is_ended() {
        first.tally(layout, &mut tally)?;
        merger.take(first, &mut tally);
    } else {
        run_parallel(cutter, first, plan, layout, &mut merger, &mut tally, limits)?;
    }
    Ok((tally, merger.order))
}

fn run_parallel(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    plan: &Plan,
    layout: Layout,
    merger: &mut Merger,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get().min(WORKERS));
    thread::scope(|scope| {
        let (done, finished) = channel();
        let mut queues = Vec::new();
        let mut handles = Vec::new();
        for _ in 0..workers {
            let (queue, blocks) = sync_channel(BLOCKS);
            let (done, tally) = (WorkerDone(done.clone()), plan.tally());
            let work = move || work(&blocks, &done, layout, tally);
            handles
                .push(thread::Builder::new().name("processmind-check".to_owned()).spawn_scoped(scope, work)?);
            queues.push(queue);
        }
        drop(done);
        let dispatched = dispatch(cutter, first, &queues, &finished, merger, tally, limits);
        // Without more blocks the workers end.
        drop(queues);
        for handle in handles {
            match handle.join() {
                Ok(part) => tally.merge(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        dispatched?;
        finished.iter().flatten().for_each(|block| drop(merger.take(block, tally)));
        Ok(())
    })
}

/// Gives blocks back, and reports when its worker ends for whatever reason: nobody waits for one that is gone.
struct WorkerDone(Sender<Option<Block>>);

impl Drop for WorkerDone {
    fn drop(&mut self) {
        // If nobody receives, all is over.
        let _ = self.0.send(None);
    }
}

fn work(
    blocks: &Receiver<Block>,
    done: &WorkerDone,
    layout: Layout,
    mut tally: Tally,
) -> Result<Tally, ReadError> {
    for mut block in blocks {
        block.tally(layout, &mut tally)?;
        if done.0.send(Some(block)).is_err() {
            break;
        }
    }
    Ok(tally)
}

/// Cuts block after block for one worker after the other, and takes back those that are tallied.
fn dispatch(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    queues: &[SyncSender<Block>],
    finished: &Receiver<Option<Block>>,
    merger: &mut Merger,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let mut free: Vec<Block> = (1..BLOCKS).map(|_| Block::default()).collect();
    let mut queues = queues.iter().cycle();
    let mut next = Some(first);
    while let (Some(block), Some(queue)) = (next.take(), queues.next()) {
        limits.check()?;
        // A worker that is gone gives its reason when it is joined.
        if queue.send(block).is_err() {
            return Ok(());
        }
        let mut spare = loop {
            let Some(spare) = free.pop() else {
                match finished.recv() {
                    Ok(Some(block)) => free.extend(merger.take(block, tally)),
                    Ok(None) | Err(_) => return Ok(()),
                }
                continue;
            };
            break spare;
        };
        next = cutter.next(&mut spare)?.then_some(spare);
    }
    Ok(())
}

/// Puts the events of all blocks into the order of the file.
struct Merger {
    order: EventOrder,
    next: usize,
    waiting: BTreeMap<usize, Block>,
}

impl Merger {
    fn new(cases: usize) -> Self {
        Self { order: EventOrder::up_to(cases), next: 0, waiting: BTreeMap::new() }
    }

    /// Takes a block that is tallied; gives back those that are merged.
    fn take(&mut self, block: Block, tally: &mut Tally) -> Vec<Block> {
        self.waiting.insert(block.index, block);
        let mut merged = Vec::new();
        while let Some(block) = self.waiting.remove(&self.next) {
            self.merge(&block, tally);
            self.next += 1;
            merged.push(block);
        }
        merged
    }

    fn merge(&mut self, block: &Block, tally: &mut Tally) {
        let lines = Lines::of(&block.bytes, block.first_line);
        for (event, start) in block.events.all.iter().zip(&block.events.starts) {
            let line = || lines.of_record(usize::try_from(*start).unwrap_or(usize::MAX));
            self.order.add(*event, tally, line);
        }
    }
}
