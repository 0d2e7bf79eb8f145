//! The state: in memory, and with a data directory also in `state.json`.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{
    model::{Member, Organization, OrganizationUser, Roles, TenantSpace, new_id, now},
    problem::Problem,
};

const STATE_FILE: &str = "state.json";

/// Everything that outlives a restart: one organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    pub(crate) api_key: String,
    /// The user whose key it is.
    pub(crate) owner_id: String,
    pub(crate) organization: Organization,
    pub(crate) users: Vec<OrganizationUser>,
    pub(crate) tenants: Vec<TenantSpace>,
}

impl State {
    fn new(api_key: String) -> Self {
        let organization =
            Organization { id: new_id(), display_name: "Acme Corporation".to_owned(), created_at: now() };
        let owner = OrganizationUser {
            id: new_id(),
            email: "owner@example.com".to_owned(),
            first_name: Some("Jane".to_owned()),
            last_name: Some("Doe".to_owned()),
            created_at: now(),
            last_login_at: Some(now()),
            organization_id: organization.id.clone(),
            is_active_in_organization: true,
            is_admin_in_organization: true,
        };
        let mut state = Self {
            api_key,
            owner_id: owner.id.clone(),
            organization,
            users: vec![owner],
            tenants: Vec::new(),
        };
        state.add_tenant(TenantSpace::new("My Company".to_owned(), "my-company".to_owned(), None));
        state
    }

    /// Adds a tenant, which the key's owner administers.
    pub(crate) fn add_tenant(&mut self, mut space: TenantSpace) {
        if self.users.iter().any(|user| user.id == self.owner_id) {
            space.members.push(Member {
                user_id: self.owner_id.clone(),
                roles: Roles {
                    is_active_in_tenant: true,
                    is_admin_in_tenant: true,
                    is_developer_in_tenant: true,
                },
            });
        }
        self.tenants.push(space);
    }

    /// The tenant of this id.
    pub(crate) fn space(&self, id: &str) -> Result<&TenantSpace, Problem> {
        let found = self.tenants.iter().find(|space| space.tenant.id == id);
        found.ok_or_else(|| Problem::not_found("Tenant", id))
    }

    /// The tenant of this id, to be changed.
    pub(crate) fn space_mut(&mut self, id: &str) -> Result<&mut TenantSpace, Problem> {
        let found = self.tenants.iter_mut().find(|space| space.tenant.id == id);
        found.ok_or_else(|| Problem::not_found("Tenant", id))
    }
}

/// Whether a directory keeps the state of an earlier run.
pub(crate) fn is_kept_in(directory: &Path) -> io::Result<bool> {
    directory.join(STATE_FILE).try_exists()
}

/// The state behind its lock.
#[derive(Debug)]
pub(crate) struct Store {
    state: Mutex<State>,
    file: Option<PathBuf>,
}

impl Store {
    /// Opens what the data directory keeps, or starts anew; a given key wins over the kept one.
    pub(crate) fn open(data_dir: Option<&Path>, api_key: Option<String>) -> io::Result<Self> {
        let file = data_dir.map(|dir| dir.join(STATE_FILE));
        let kept = file.as_deref().map_or(Ok(None), read_state)?;
        let mut state = kept.unwrap_or_else(|| State::new(new_key()));
        if let Some(key) = api_key {
            state.api_key = key;
        }
        let store = Self { state: Mutex::new(state), file };
        store.save(&store.lock())?;
        Ok(store)
    }

    /// The whole state as it is now.
    pub(crate) fn snapshot(&self) -> State {
        self.lock().clone()
    }

    /// Whether this is the key.
    pub(crate) fn accepts(&self, key: &str) -> bool {
        self.lock().api_key == key
    }

    /// Looks something up in a tenant.
    pub(crate) fn read<T>(
        &self,
        tenant: &str,
        look: impl FnOnce(&TenantSpace) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        look(self.lock().space(tenant)?)
    }

    /// Looks something up in the organization of a tenant.
    pub(crate) fn read_all<T>(
        &self,
        tenant: &str,
        look: impl FnOnce(&State) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let state = self.lock();
        state.space(tenant)?;
        look(&state)
    }

    /// Changes a tenant and keeps the change; a change that fails must have changed nothing.
    pub(crate) fn change<T>(
        &self,
        tenant: &str,
        change: impl FnOnce(&mut TenantSpace) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.change_all(tenant, |state| change(state.space_mut(tenant)?))
    }

    /// Changes the organization of a tenant and keeps the change; a change that fails must have
    /// changed nothing. One that cannot be kept is undone.
    pub(crate) fn change_all<T>(
        &self,
        tenant: &str,
        change: impl FnOnce(&mut State) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let mut state = self.lock();
        state.space(tenant)?;
        let before = self.file.is_some().then(|| state.clone());
        let answer = change(&mut state)?;
        if let Err(error) = self.save(&state) {
            if let Some(before) = before {
                *state = before;
            }
            return Err(Problem::internal(format!("the state cannot be written: {error}")));
        }
        Ok(answer)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A change is complete or has not begun, so a panic elsewhere leaves the state sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Written beside the old file and renamed over it: a reader finds the one or the other, whole.
    fn save(&self, state: &State) -> io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let part = file.with_extension("json.part");
        let mut writer = io::BufWriter::new(std::fs::File::create(&part)?);
        serde_json::to_writer_pretty(&mut writer, state)?;
        writer.flush()?;
        std::fs::rename(&part, file)
    }
}

fn read_state(file: &Path) -> io::Result<Option<State>> {
    match std::fs::read(file) {
        Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|error| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{}: {error}", file.display()))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn new_key() -> String {
    format!("pm-emulator-{}", uuid::Uuid::new_v4().simple())
}
