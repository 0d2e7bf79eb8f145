use std::{
    error::Error,
    fmt,
    fs::{File, OpenOptions, TryLockError},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    api,
    app::{App, UploadMode},
    control::{faults::Plan, record::Recorder},
    model::new_id,
    presign::Signer,
    storage::{self, objects},
    store::{self, Store},
    wire::{self, Connection, Listener},
};

/// How long open requests may go on after a shutdown was asked for.
const GRACE: Duration = Duration::from_millis(300);

/// How an emulator is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name or address to listen on.
    pub host: String,
    /// The port of the API; 0 takes any that is free. Storage always takes any.
    pub port: u16,
    /// The key to ask for; without one the kept or a new one is used.
    pub api_key: Option<String>,
    /// Where state and uploaded files are kept; without it they end with the emulator.
    pub data_dir: Option<PathBuf>,
    /// What an upload does to the rows that were there.
    pub upload_mode: UploadMode,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 0,
            api_key: None,
            data_dir: None,
            upload_mode: UploadMode::Replace,
        }
    }
}

/// Why an emulator could not start.
#[derive(Debug)]
pub struct StartError {
    task: String,
    source: io::Error,
}

impl StartError {
    fn new(task: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let task = task.into();
        |source| Self { task, source }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.task, self.source)
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

/// A running emulator. It stops when it is shut down or dropped.
#[derive(Debug)]
pub struct Emulator {
    url: String,
    api_key: String,
    tenant_id: String,
    stop: watch::Sender<()>,
    servers: Vec<JoinHandle<io::Result<()>>>,
    _root: Root,
}

impl Emulator {
    /// Starts both listeners; they serve as long as the emulator lives.
    ///
    /// # Errors
    /// When an address is taken or the data directory cannot be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (api_listener, api_host) = listen(&options.host, options.port).await?;
        let (storage_listener, storage_host) = listen(&options.host, 0).await?;
        let root = Root::open(options.data_dir.as_deref())?;
        let app = open(&options, root.path(), storage_host)?;
        let state = app.store.snapshot();

        let (stop, stopped) = watch::channel(());
        let api = wire::observed(api::router(Arc::clone(&app)), Arc::clone(&app), wire::Origin::Api);
        let storage = wire::observed(storage::router(Arc::clone(&app)), app, wire::Origin::Storage);
        let servers =
            vec![serve(api_listener, api, stopped.clone()), serve(storage_listener, storage, stopped)];
        Ok(Self {
            url: format!("http://{api_host}"),
            api_key: state.api_key,
            tenant_id: state.tenants.into_iter().next().map(|space| space.tenant.id).unwrap_or_default(),
            stop,
            servers,
            _root: root,
        })
    }

    /// The base URL of the API.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The key that the API asks for.
    pub fn api_key(&self) -> &str {
        &self.api_key
    }

    /// The tenant that is there from the start.
    pub fn tenant_id(&self) -> &str {
        &self.tenant_id
    }

    /// Stops listening, lets open requests go on for a moment, and removes what was temporary.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(());
        for server in &mut self.servers {
            // Whatever it ends with, it ends: there is nobody left to tell.
            let _ = tokio::time::timeout(GRACE, server).await;
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.servers.iter().for_each(JoinHandle::abort);
    }
}

/// The directory that the emulator works in, as long as it works.
#[derive(Debug)]
enum Root {
    /// Removed at the end with everything in it.
    Temporary(TempDir),
    /// Locked against a second emulator; the lock ends with the process at the latest.
    Kept(PathBuf, #[expect(dead_code, reason = "held, not read")] File),
}

impl Root {
    fn open(data_dir: Option<&Path>) -> Result<Self, StartError> {
        let Some(directory) = data_dir else {
            let directory =
                tempfile::tempdir().map_err(StartError::new("cannot make a temporary directory"))?;
            return Ok(Self::Temporary(directory));
        };
        let locked = std::fs::create_dir_all(directory).and_then(|()| lock(&directory.join("lock")));
        let lock = locked
            .map_err(StartError::new(format!("cannot use the data directory {}", directory.display())))?;
        Ok(Self::Kept(directory.to_owned(), lock))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Temporary(directory) => directory.path(),
            Self::Kept(directory, _) => directory,
        }
    }
}

fn lock(path: &Path) -> io::Result<File> {
    // A file of this name may be somebody else's: it is locked, its contents stay.
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => io::Error::other("another emulator is using it"),
        TryLockError::Error(error) => error,
    })?;
    Ok(file)
}

fn open(options: &Options, root: &Path, storage_host: String) -> Result<Arc<App>, StartError> {
    let failed = || StartError::new(format!("cannot use the data directory {}", root.display()));
    let objects = root.join("objects");
    std::fs::create_dir_all(&objects).map_err(failed())?;
    if !store::is_kept_in(root).map_err(failed())? {
        // Otherwise the next start would take files of another owner for leftovers.
        objects::expect_empty(&objects).map_err(failed())?;
    }
    let store = Store::open(options.data_dir.as_deref(), options.api_key.clone()).map_err(failed())?;
    objects::sweep(&objects, &store.snapshot()).map_err(failed())?;
    Ok(Arc::new(App {
        store,
        objects,
        signer: Signer {
            access_key: format!(
                "AKIA{}",
                new_id().to_uppercase().replace('-', "").get(..16).unwrap_or_default()
            ),
            secret_key: new_id(),
            region: "eu-west-1".to_owned(),
        },
        storage_host,
        upload_mode: options.upload_mode,
        faults: Plan::default(),
        recorder: Recorder::default(),
    }))
}

/// A listener, and `host:port` as clients reach it.
async fn listen(host: &str, port: u16) -> Result<(Listener, String), StartError> {
    let failed = || StartError::new(format!("cannot listen on {host}:{port}"));
    let listener = TcpListener::bind((host, port)).await.map_err(failed())?;
    let mut address = listener.local_addr().map_err(failed())?;
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            [127, 0, 0, 1].into()
        } else {
            [0, 0, 0, 0, 0, 0, 0, 1].into()
        });
    }
    Ok((Listener::new(listener), SocketAddr::to_string(&address)))
}

fn serve(listener: Listener, router: Router, mut stopped: watch::Receiver<()>) -> JoinHandle<io::Result<()>> {
    let service = router.into_make_service_with_connect_info::<Connection>();
    let stop = async move {
        // An error means that the emulator was dropped, which is a stop too.
        let _ = stopped.changed().await;
    };
    tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(stop).into_future())
}
