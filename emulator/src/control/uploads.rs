use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{Json, extract::State};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{app::App, model::Upload, problem::Problem, storage::hex};

/// One stored object.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stored {
    tenant_id: String,
    #[serde(flatten)]
    upload: Upload,
    /// Of the bytes as they lie in storage now.
    sha256: String,
    path: PathBuf,
}

/// `GET /emulator/uploads`: the stored objects, the newest last.
pub(super) async fn list(State(app): State<Arc<App>>) -> Result<Json<Vec<Stored>>, Problem> {
    let hashed = tokio::task::spawn_blocking(move || stored(&app)).await;
    let stored = hashed.map_err(io::Error::other).flatten();
    stored.map(Json).map_err(|error| Problem::internal(format!("an object cannot be read: {error}")))
}

fn stored(app: &App) -> io::Result<Vec<Stored>> {
    let mut all = Vec::new();
    for space in app.store.snapshot().tenants {
        for upload in space.uploads {
            let path = app.objects.join(&upload.object);
            all.push(Stored { tenant_id: space.tenant.id.clone(), sha256: sha256(&path)?, upload, path });
        }
    }
    all.sort_by(|one, other| one.upload.created_at.cmp(&other.upload.created_at));
    Ok(all)
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Sha256::new();
    let mut chunk = vec![0; 256 << 10];
    loop {
        match io::Read::read(&mut file, &mut chunk)? {
            0 => return Ok(hex(&digest.finalize())),
            read => digest.update(chunk.get(..read).unwrap_or_default()),
        }
    }
}
