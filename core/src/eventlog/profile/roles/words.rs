//! The words that headings are made of, by role and language. How they are written (accents, capitals,
//! `ae` for `ä`) does not matter.

use super::Role;

/// Words with one weight.
pub(super) type Group = (f64, &'static [&'static str]);

/// What speaks for a role in a heading, and what against it.
pub(super) struct Vocabulary {
    /// Whole headings, without separators.
    pub exact: &'static [Group],
    /// Words anywhere in a heading.
    pub stems: &'static [Group],
    /// Words that take something off, unless the heading is a sure one.
    pub against: &'static [Group],
}

impl Vocabulary {
    pub fn of(role: Role) -> &'static Self {
        match role {
            Role::Case => &CASE,
            Role::Activity => &ACTIVITY,
            Role::Timestamp => &TIMESTAMP,
            Role::Resource => &RESOURCE,
        }
    }
}

/// Words for a number or a key.
pub(super) const IDS: [&str; 22] = [
    "id", "ids", "ident", "identifier", "no", "nr", "num", "number", "key", "nummer", "kennung", "schlüssel", "numero",
    "número", "numéro", "číslo", "номер", "编号", "編號", "番号", "번호", "code",
];

/// Endings of a compound that say the same.
pub(super) const ID_ENDINGS: [&str; 14] = [
    "nummer", "number", "numero", "kennung", "nr", "id", "key", "szám", "号", "编号", "編號", "番号", "번호",
    "numara",
];

/// The last word of a heading that adds nothing.
pub(super) const FILLERS: [&str; 6] = ["name", "text", "bezeichnung", "label", "nombre", "nom"];

/// Words for the end of something.
pub(super) const ENDS: [&str; 9] = ["end", "ende", "bis", "fin", "final", "finish", "stop", "einde", "fine"];

static CASE: Vocabulary = Vocabulary {
    exact: &[
        (9.0, &["caseconceptname"]),
        (7.0, &["caseid", "casekey", "casenumber", "casenr", "caseno"]),
        (6.0, &["case", "caseidentifier", "traceid", "idcaso", "processinstanceid", "traceconceptname"]),
        (3.0, &["objectid", "vbeln", "ebeln", "aufnr"]),
        (2.5, &["key", "processid", "belnr", "qmnum", "banfn"]),
        (2.0, &["number"]),
        (1.5, &["id", "ref", "reference", "tid", "objnr"]),
        (1.0, &["sa"]),
    ],
    stems: &[
        (
            4.0,
            &[
                "case", "trace", "vorgang", "vorgangs", "fall", "zaak", "dossier", "caso", "cas", "sprawa", "sprawy",
                "případ", "дело", "кейс", "процесс", "案例", "案件", "事例", "ケース", "사례", "dosya", "ärende", "sag",
                "sags", "sak", "saks", "tapaus", "ügy", "expediente", "aktenzeichen", "حالة",
            ],
        ),
        (
            2.2,
            &[
                "auftrag", "auftrags", "order", "ticket", "incident", "request", "claim", "application", "invoice",
                "bill", "patient", "patiënt", "candidate", "contract", "policy", "instance", "akten", "bestell",
                "bestellung", "rechnung", "rechnungs", "antrag", "antrags", "schaden", "pedido", "compra", "factura",
                "fatura", "solicitud", "commande", "facture", "ordine", "fattura", "pratica", "zamówienie", "zlecenie",
                "faktura", "objednávka", "заявка", "заявки", "заказ", "processo", "proceso", "processus", "siparis",
                "sipariş", "订单", "訂單", "注文", "伝票", "주문", "recording", "session", "service", "trip", "timeline",
                "beleg", "procedure", "shipment", "delivery", "lieferung", "parcel", "loan", "visit", "admission",
                "encounter", "journey", "workorder", "job", "document", "dokument", "documento", "issue", "bestelling",
                "factuur", "aanvraag", "ordre", "orden",
            ],
        ),
    ],
    against: &[(
        -1.5,
        &[
            "event", "activity", "instance", "index", "row", "line", "item", "sort", "sorting", "step", "stop", "user",
            "variant", "variante", "amount", "count", "resource", "customer", "product", "location", "position",
            "task", "type", "status", "owner", "worker", "manager",
        ],
    )],
};

static ACTIVITY: Vocabulary = Vocabulary {
    exact: &[
        (8.0, &["conceptname", "eventconceptname"]),
        (7.0, &["activity", "activityname", "activityen", "activityde"]),
        (6.0, &["eventname"]),
        (5.0, &["activityid", "task"]),
        (4.5, &["event"]),
        (3.0, &["tcode"]),
        (2.5, &["state", "status"]),
        (2.0, &["what", "was", "wat", "quoi"]),
        (1.0, &["to", "nach", "field"]),
    ],
    stems: &[
        (
            5.0,
            &[
                "activity", "aktivität", "aktivitäts", "activiteit", "activité", "actividad", "attività", "atividade",
                "czynność", "aktivita", "активность", "действие", "活动", "活動", "アクティビティ", "활동", "aktivite",
                "faaliyet", "aktivitet", "toiminto", "tevékenység", "نشاط",
            ],
        ),
        (
            3.5,
            &[
                "task", "step", "action", "operation", "schritt", "tätigkeit", "arbeitsgang", "maßnahme", "stage",
                "stages", "phase", "handling", "stap", "étape", "tarea", "paso", "etapa", "tarefa", "passo", "fase",
                "krok", "операция", "этап", "шаг", "工程", "作業", "步骤", "단계", "işlem", "taak", "tâche", "steg",
                "trin", "vaihe", "操作", "handeling", "zadanie", "úkol", "opération", "operación", "acción",
            ],
        ),
        (
            2.2,
            &[
                "status", "state", "event", "ereignis", "aktion", "page", "estado", "statut", "stato", "transaction",
                "статус", "событие", "状态", "状態", "事件", "イベント", "상태", "stop", "stav", "tila", "durum",
                "gebeurtenis", "événement", "evento", "zdarzenie", "milestone",
            ],
        ),
    ],
    against: &[
        (-6.0, &["lifecycle", "transition"]),
        (
            -1.5,
            &[
                "variant", "category", "gender", "priority", "reason", "impact", "country", "group", "role", "resource",
                "user", "product", "customer", "instance", "comment", "comments", "person", "location", "next",
                "department", "description", "issue", "old", "registration", "deviation", "id", "previous", "count",
                "duration", "cost", "owner", "index",
            ],
        ),
    ],
};

static TIMESTAMP: Vocabulary = Vocabulary {
    exact: &[
        (8.0, &["timetimestamp", "eventtimetimestamp"]),
        (7.0, &["timestamp"]),
        (6.5, &["completetimestamp", "starttimestamp"]),
        (6.0, &["eventtime"]),
        (5.0, &["eventend"]),
        (3.0, &["start", "complete", "ts", "udate"]),
        (2.8, &["end"]),
        (2.5, &["wann", "when", "quand", "cuándo"]),
        (2.0, &["dt", "erdat", "dag", "tag", "jour", "dia", "budat", "cpudt"]),
    ],
    stems: &[
        (
            5.0,
            &[
                "timestamp", "zeitstempel", "zeitpunkt", "horodatage", "tijdstip", "tijdstempel", "datetime",
                "marcatemporal", "fechahora", "datahora", "时间戳", "時間戳", "タイムスタンプ", "타임스탬프",
                "временнаяметка", "tidpunkt", "tidspunkt", "aikaleima", "időbélyeg",
            ],
        ),
        (
            3.0,
            &[
                "time", "zeit", "tijd", "temps", "heure", "hora", "ora", "czas", "čas", "время", "时间", "時間", "日時",
                "시간", "일시", "zaman", "tid", "aika", "idő", "وقت", "تاريخ", "päivä", "dato", "dátum", "date", "datum",
                "fecha", "data", "дата", "日期", "日付", "날짜", "tarih", "stamp", "uhrzeit",
            ],
        ),
        (
            1.2,
            &[
                "start", "beginn", "begin", "inicio", "início", "début", "inizio", "complete", "completed", "end",
                "ende", "fin", "finish", "logged", "changed", "updated", "occurred", "event", "activity", "geändert",
                "erfasst", "gewijzigd", "modifié", "modificado",
            ],
        ),
    ],
    against: &[(
        -2.0,
        &[
            "due", "planned", "plan", "expected", "deadline", "scheduled", "schedule", "valid", "birth", "effective",
            "expiration", "publication", "creation", "created", "opened", "closed", "reg", "target", "fällig",
            "geplant", "gültig", "enabled", "enable", "assigned", "order", "delivery", "duration", "delay", "cost",
            "settlement", "until", "frist", "soll", "wunsch", "geburt", "geburtsdatum", "eröffnet", "angelegt",
            "erstellt", "vencimiento", "prévue", "échéance", "naissance", "limite", "prevista", "scadenza",
            "vervaldatum", "geboortedatum", "estimated", "forecast", "promised", "requested", "wait", "waiting",
            "processing", "dauer",
        ],
    )],
};

static RESOURCE: Vocabulary = Vocabulary {
    exact: &[
        (9.0, &["orgresource", "eventorgresource"]),
        (7.0, &["resource"]),
        (5.0, &["user", "username"]),
        (4.5, &["userid"]),
        (4.0, &["users", "wer", "who", "usnam", "ernam"]),
    ],
    stems: &[
        (
            4.0,
            &[
                "resource", "ressource", "recurso", "risorsa", "ресурс", "performer", "bearbeiter", "sachbearbeiter",
                "mitarbeiter", "benutzer", "employee", "medewerker", "user", "users", "agent", "assignee", "operator",
                "originator", "actor", "owner", "person", "worker", "staff", "utilisateur", "usuario", "usuário",
                "responsable", "responsável", "responsabile", "utente", "użytkownik", "pracownik", "uživatel",
                "пользователь", "исполнитель", "сотрудник", "资源", "執行者", "执行人", "担当者", "담당자", "kullanıcı",
                "gebruiker", "author", "processor", "handläggare", "sagsbehandler", "saksbehandler", "käyttäjä",
                "felhasználó", "användare", "bruger", "bruker", "操作员", "مستخدم", "executor", "employé", "empleado",
                "zasób", "zdroj", "clerk", "nurse",
            ],
        ),
        (
            2.5,
            &[
                "assigned", "responsible", "handler",
            ],
        ),
    ],
    against: &[(
        -1.5,
        &[
            "country", "organization", "cost", "customer", "type", "index", "caller", "count", "creator", "id",
            "process", "kunde", "client", "kosten",
        ],
    )],
};

/// The states of an activity of which event logs write one row each.
pub(super) const LIFECYCLE: [&str; 26] = [
    "start", "started", "complete", "completed", "schedule", "scheduled", "assign", "reassign", "suspend", "suspended",
    "resume", "resumed", "ate_abort", "pi_abort", "abort", "withdraw", "autoskip", "manualskip", "begin", "end",
    "unknown", "enabled", "enable", "ended", "finish", "finished",
];

/// Values of a column that says yes or no.
pub(super) const BOOLEANS: [&str; 22] = [
    "true", "false", "yes", "no", "y", "n", "0", "1", "ja", "nein", "nee", "j", "oui", "non", "sí", "si", "wahr",
    "falsch", "да", "нет", "是", "否",
];

/// How words begin that name what is done.
pub(super) const ACTIONS: &[&str] = &[
    // English
    "accept", "acknowledg", "adjust", "allocat", "analy", "announc", "answer", "appl", "appoint", "approv", "archiv",
    "arriv", "assess", "assign", "attach", "authori", "bill", "book", "build", "calculat", "call", "cancel", "captur",
    "chang", "check", "clarif", "clear", "clos", "collect", "complet", "confirm", "contact", "contin", "convert",
    "correct", "creat", "decid", "declin", "deliver", "deploy", "determin", "diagnos", "discharg", "dispatch",
    "distribut", "draft", "edit", "end", "enter", "escalat", "estimat", "evaluat", "examin", "execut", "expir", "fill",
    "fil", "final", "find", "finish", "follow", "forward", "fulfil", "generat", "handl", "identif", "implement",
    "inform", "initiat", "inspect", "insert", "install", "invit", "invoic", "issu", "load", "login", "logout", "make",
    "manag", "match", "modif", "monitor", "mov", "negotiat", "notif", "obtain", "offer", "open", "order", "pack",
    "paid", "pay", "perform", "pick", "plan", "post", "prepar", "print", "process", "produc", "provid", "publish",
    "purchas", "queu", "quot", "reactivat", "receipt", "receiv", "record", "refund", "regist", "reject", "releas",
    "remind", "remov", "renew", "reopen", "repair", "repl", "report", "request", "resolv", "respon", "retriev",
    "return", "review", "revis", "schedul", "search", "select", "sell", "send", "sent", "serv", "set", "setup", "ship",
    "sign", "start", "stop", "stor", "submi", "suppl", "suspend", "take", "test", "transfer", "transmi", "treat",
    "triag", "unload", "updat", "upload", "valid", "verif", "view", "visit", "wait", "withdraw", "work", "writ",
    // German
    "ablehn", "abgelehn", "abgeschlossen", "abschluss", "abschlie", "anfrag", "angebot", "angelegt", "anleg", "annahm",
    "antrag", "auftrag", "auslief", "bearbeit", "beauftrag", "beend", "beginn", "benachrichtig", "berechn", "bescheid",
    "bestell", "bestatig", "bewert", "bezahl", "buch", "eingang", "eingegangen", "eingereicht", "einlager", "eroffn",
    "entscheid", "erfass", "erhalt", "erledig", "erstell", "fertig", "freigab", "freigegeben", "genehmig", "gebucht",
    "gepruf", "geschlossen", "gesendet", "geliefert", "kontroll", "kommissionier", "liefer", "mahn", "melden", "meldung",
    "montag", "plan", "pruf", "rechnung", "reklamation", "schliess", "senden", "stornier", "ubergab", "ubermitt",
    "verpack", "versand", "versend", "versch", "warten", "zahlung", "zugewies", "zuweis",
    // Dutch
    "aanmak", "aanvra", "afgerond", "afgewez", "afhandel", "afrond", "afwijz", "beoordel", "betal", "bevestig",
    "controle", "goedkeur", "goedgekeurd", "indien", "ingediend", "ontvang", "opstel", "registr", "verstuur", "verzend",
    // French
    "accord", "achat", "annul", "approuv", "attribu", "chang", "clotur", "command", "cre", "demand", "emission",
    "envo", "enregistr", "expedi", "factur", "ferm", "livr", "notifi", "ouvr", "pai", "recept", "refus", "rejet",
    "relanc", "sign", "trait", "transm", "verifi",
    // Spanish, Portuguese, Italian
    "abr", "acept", "aceit", "acquist", "anul", "aprob", "aprov", "approva", "apert", "asign", "atribu", "cancel",
    "cerr", "cobr", "compr", "concl", "confer", "consegn", "cotiz", "cre", "emi", "encerr", "entreg", "env", "evalu",
    "fattur", "fech", "inici", "inizi", "inspec", "invi", "ordin", "pag", "ped", "pedido", "prepar", "recep", "receb",
    "recib", "rechaz", "registr", "rejeit", "respond", "rev", "rifiut", "separ", "solicit", "spedi", "termin",
    "verific", "vend",
];

/// Words for who does it.
pub(super) const PEOPLE: &[&str] = &[
    "resource", "res", "user", "usr", "person", "employee", "emp", "agent", "worker", "operator", "staff", "clerk",
    "manager", "officer", "admin", "administrator", "system", "bot", "robot", "team", "group", "grp", "dept",
    "department", "role", "specialist", "supervisor", "director", "analyst", "assistant", "engineer", "technician",
    "doctor", "nurse", "tester", "actor", "expert", "accountant", "controller", "leader", "member", "owner", "buyer",
    "mitarbeiter", "benutzer", "sachbearbeiter", "bearbeiter", "abteilung", "gruppe", "leiter", "medewerker",
    "gebruiker", "afdeling", "employe", "utilisateur", "equipe", "empleado", "usuario", "responsable", "responsavel",
    "funcionario", "utente", "operatore", "batch",
];
