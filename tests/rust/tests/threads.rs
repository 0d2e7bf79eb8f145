//! One client of many threads.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::future::IntoFuture;
use std::sync::{Arc, Barrier};
use std::thread;

use processmind_tests::Stage;
use tokio::runtime::Handle;

const THREADS: usize = 64;

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_threads_share_a_client() {
    let stage = Stage::new().await;
    let all_at_once = Arc::new(Barrier::new(THREADS));
    let begin = |_| {
        let (client, runtime, all_at_once) = (stage.client.clone(), Handle::current(), all_at_once.clone());
        thread::spawn(move || {
            all_at_once.wait();
            for _ in 0..5 {
                let tenant = runtime.block_on(client.get_tenant().into_future()).unwrap();
                assert_eq!(tenant.id, client.tenant_id());
            }
        })
    };
    let threads: Vec<_> = (0..THREADS).map(begin).collect();
    let join = || threads.into_iter().try_for_each(thread::JoinHandle::join);
    tokio::task::spawn_blocking(join).await.unwrap().unwrap();
}
