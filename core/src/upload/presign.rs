//! Presigned URLs: asking for one, with what the caller left out filled in.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde::Deserialize;

use super::source::{Facts, Source};
use crate::call::Call;
use crate::client::Client;
use crate::config::is_protected;
use crate::error::{Error, ErrorKind, Result};
use crate::find::find_one;
use crate::method::Method;
use crate::model::{DatatableSummary, FromAnswer, options};
use crate::progress::count;
use crate::secret::{PresignedUrl, Unsendable};

/// The longest validity that ProcessMind's own pages offer: a month.
const LONGEST_VALIDITY: i64 = 31 * 24 * 60 * 60;

/// How long a URL has to be valid still when the bytes begin to go out.
const SHORTEST_VALIDITY: Duration = Duration::from_secs(30);
/// How often a URL is asked for that lasts so long.
const MOST_ASKED: u32 = 3;

options! {
    /// What a presigned URL is asked for with. A file given beside it provides its name, size and date.
    #[derive(Debug)]
    PresignedUrlOptions {
        /// The dataset that the datatable is in; read from the datatable without.
        dataset_id: String,
        /// The file's name.
        file_name: String,
        /// The file's exact size in bytes.
        file_size: i64,
        /// When the file was last changed, in milliseconds since 1970.
        file_last_modified: i64,
        /// How long the URL is valid, in seconds (3600).
        valid_for_seconds: i64,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    pre_signed_upload_url: String,
}

impl FromAnswer for Answer {
    const SECRET: bool = true;
}

/// A request for a presigned URL, sent when it is awaited.
#[derive(Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct PresignedUrlCall {
    client: Client,
    datatable_id: String,
    options: PresignedUrlOptions,
    source: Option<Source>,
    tenant_id: Option<String>,
}

impl Client {
    /// Asks for a URL to which a file may be put without a key.
    /// `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// The file's name, size and date come from the options or from [`PresignedUrlCall::file`]; without
    /// either the call fails with `InvalidArgument`. Whoever holds the URL can upload: treat it as a password.
    pub fn get_presigned_upload_url(
        &self,
        datatable_id: impl Into<String>,
        options: PresignedUrlOptions,
    ) -> PresignedUrlCall {
        let client = self.clone();
        PresignedUrlCall { client, datatable_id: datatable_id.into(), options, source: None, tenant_id: None }
    }
}

impl PresignedUrlCall {
    /// Takes name, size and date from a file, where the options do not give them.
    pub fn file(mut self, source: impl Into<Option<Source>>) -> Self {
        self.source = source.into();
        self
    }

    /// Asks another tenant than the client's.
    pub fn tenant_id(mut self, tenant_id: impl Into<Option<String>>) -> Self {
        self.tenant_id = tenant_id.into();
        self
    }

    async fn run(self) -> Result<PresignedUrl> {
        let facts = match self.source {
            Some(source) => {
                let _permit = self.client.connections().source().await;
                let max_retries = self.client.config().max_retries;
                Some(super::plan::facts(&source.made().await?, max_retries).await?)
            }
            None => None,
        };
        let target =
            Target { client: self.client, datatable_id: self.datatable_id, tenant_id: self.tenant_id };
        target.presign(&complete(self.options, facts)?).await
    }
}

impl IntoFuture for PresignedUrlCall {
    type Output = Result<PresignedUrl>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// What the API wants to know of a file, complete but for the dataset.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub dataset_id: Option<String>,
    pub name: String,
    pub size: i64,
    pub last_modified: i64,
    pub valid_for_seconds: Option<i64>,
}

/// The datatable that a file goes to.
#[derive(Debug)]
pub(crate) struct Target {
    pub client: Client,
    pub datatable_id: String,
    pub tenant_id: Option<String>,
}

impl Target {
    /// Asks for a URL, after looking up the dataset where it is not known.
    pub async fn presign(&self, file: &File) -> Result<PresignedUrl> {
        let dataset_id = match &file.dataset_id {
            Some(dataset_id) => dataset_id.clone(),
            None => self.dataset_id().await?,
        };
        let mut call = Call::<Answer>::new(&self.client, Method::Get)
            .word("datatable")
            .id("datatable_id", &self.datatable_id)
            .word("uploads")
            .word("presignedurl")
            .tenant_id(self.tenant_id.clone())
            .query("datasetid", dataset_id)
            .query("filename", &file.name)
            .query("filesize", file.size)
            .query("filelastmodified", file.last_modified);
        if let Some(seconds) = file.valid_for_seconds {
            call = call.query("validforseconds", seconds);
        }
        parse(&call.await?.pre_signed_upload_url)
    }

    /// Asks for a URL that bytes can be put to at once: another one where the answer was so long on its way
    /// that this one is about to expire.
    pub async fn presign_for_now(&self, file: &File) -> Result<PresignedUrl> {
        let mut asked = 1;
        loop {
            let start = Instant::now();
            let url = self.presign(file).await?;
            if lasts(validity(&url), start.elapsed()) || asked == MOST_ASKED {
                return Ok(url);
            }
            asked += 1;
        }
    }

    /// The name to find the datatable by, where that is given in place of its id.
    pub fn name(&self, name: Option<&str>) -> Result<Option<String>> {
        match (name.is_some(), !self.datatable_id.is_empty()) {
            (false, false) => Err(argument(
                "`datatable_id` is missing.",
                "Pass it, or `datatable`, its name, in its place.",
            )),
            (true, true) => {
                Err(argument("Both `datatable_id` and `datatable` are given.", "Pass one of them."))
            }
            _ => Ok(name.map(ToOwned::to_owned)),
        }
    }

    /// Finds the datatable by its name.
    pub async fn find(&mut self, name: &str, file: &mut File) -> Result<()> {
        let known = self.client.get_datatables().tenant_id(self.tenant_id.clone()).await?;
        let is_inside =
            |node: &DatatableSummary| file.dataset_id.is_none() || node.dataset_id == file.dataset_id;
        let found = find_one(&known, name, is_inside)?;
        self.datatable_id.clone_from(&found.id);
        file.dataset_id = file.dataset_id.take().or_else(|| found.dataset_id.clone());
        Ok(())
    }

    /// The dataset that the datatable is in.
    pub async fn dataset_id(&self) -> Result<String> {
        let datatable =
            self.client.get_datatable(&self.datatable_id).tenant_id(self.tenant_id.clone()).await?;
        datatable.dataset_id.filter(|id| !id.is_empty()).ok_or_else(|| {
            let message =
                format!("The datatable '{}' does not say which dataset it is in.", self.datatable_id);
            Error::invalid_argument(message, "Pass `dataset_id`.")
        })
    }
}

/// The facts of a file, the options' before the source's.
pub(crate) fn complete(options: PresignedUrlOptions, facts: Option<Facts>) -> Result<File> {
    let PresignedUrlOptions { dataset_id, file_name, file_size, file_last_modified, valid_for_seconds } =
        options;
    let modified = facts.as_ref().map(|facts| milliseconds(facts.modified.unwrap_or_else(SystemTime::now)));
    let size = file_size.or_else(|| facts.as_ref().map(|facts| count(facts.size)));
    let name = file_name.or_else(|| facts.and_then(|facts| facts.file_name)).filter(|name| !name.is_empty());
    let last_modified = file_last_modified.or(modified);
    if name.is_none() && modified.is_some() {
        let hint =
            "Pass one with the right suffix, such as 'orders.csv': these bytes have none of their own.";
        return Err(argument("Missing: `file_name`.", hint));
    }
    let (Some(name), Some(size), Some(last_modified)) = (name.clone(), size, last_modified) else {
        let missing = [
            ("`file_name`", name.is_none()),
            ("`file_size`", size.is_none()),
            ("`file_last_modified`", last_modified.is_none()),
        ];
        let missing: Vec<_> =
            missing.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect();
        let message = format!("Missing: {}.", missing.join(", "));
        return Err(argument(&message, "Pass the file itself, or what is missing."));
    };
    if dataset_id.as_deref() == Some("") {
        return Err(argument("`dataset_id` is empty.", "Pass the id, or leave it out to have it looked up."));
    }
    if valid_for_seconds.is_some_and(|seconds| !(1..=LONGEST_VALIDITY).contains(&seconds)) {
        let message = format!("`valid_for_seconds` is not between 1 and {LONGEST_VALIDITY}.");
        return Err(argument(&message, "Leave it out for an hour (3600)."));
    }
    if size < 0 {
        return Err(argument("`file_size` is negative.", "Pass the file's exact size in bytes."));
    }
    Ok(File { dataset_id, name, size, last_modified, valid_for_seconds })
}

/// Whether a URL of that age lasts. One that was never to be valid for long is as good as any.
fn lasts(validity: Option<Duration>, age: Duration) -> bool {
    let is_short = |validity| validity <= SHORTEST_VALIDITY;
    validity.is_none_or(|validity| is_short(validity) || validity.saturating_sub(age) >= SHORTEST_VALIDITY)
}

/// How long a URL is valid, as it says itself: unlike its date, that needs no clock that is right.
fn validity(url: &PresignedUrl) -> Option<Duration> {
    let mut query = url.url().query_pairs();
    let (_, seconds) = query.find(|(name, _)| name.eq_ignore_ascii_case("x-amz-expires"))?;
    seconds.parse().ok().map(Duration::from_secs)
}

fn argument(message: &str, hint: &str) -> Error {
    Error::invalid_argument(message, format!("{hint} Nothing was sent."))
}

fn milliseconds(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The URL, if nobody on the way can read it and it can be sent as it is.
pub(crate) fn parse(text: &str) -> Result<PresignedUrl> {
    let what = match PresignedUrl::parse(text) {
        Ok(url) if is_protected(url.url()) => return Ok(url),
        Ok(_) | Err(Unsendable::NoUrl) => "is no HTTPS URL",
        Err(Unsendable::Changed) => "can't be sent exactly as it was signed",
    };
    Err(Error::new(ErrorKind::ResponseDecode, format!("ProcessMind's presigned URL {what}."))
        .with_hint("Check PROCESSMIND_BASE_URL. If it is right, report this to ProcessMind's support."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        validity(&parse(text).unwrap()).map(|validity| validity.as_secs())
    }

    #[test]
    fn a_url_says_how_long_it_is_valid() {
        assert_eq!(
            seconds("https://s3.example/k?X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600"),
            Some(3600)
        );
        assert_eq!(seconds("https://s3.example/k?x-amz-expires=7"), Some(7));
        for other in ["https://s3.example/k", "https://s3.example/k?X-Amz-Expires=soon"] {
            assert_eq!(seconds(other), None);
        }
    }

    #[test]
    fn a_url_that_is_about_to_expire_does_not_last() {
        let lasts =
            |validity: Option<u64>, age| lasts(validity.map(Duration::from_secs), Duration::from_secs(age));
        assert!(lasts(Some(3600), 3570) && !lasts(Some(3600), 3571) && !lasts(Some(60), 61));
        assert!(lasts(Some(30), 20), "no other would last longer");
        assert!(lasts(None, 1_000_000), "nothing is known");
    }
}
