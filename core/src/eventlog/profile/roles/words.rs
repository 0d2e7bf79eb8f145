//! The words that headings and values are made of, in the languages that logs are written in.
//!
//! Capitals, accents and `ae` for `ä` make no difference. A word of two is written as one.

use super::Role;

/// Words with one weight, separated by blanks.
pub(super) type Group = (f64, &'static str);

/// What speaks for a role in a heading, and what against it.
pub(super) struct Vocabulary {
    /// Whole headings, without separators.
    pub exact: &'static [Group],
    /// Parts of a heading.
    pub stems: &'static [Group],
    /// Words that speak against the role, unless the heading is certain.
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

static CASE: Vocabulary = Vocabulary {
    exact: &[
        (9.0, "caseconceptname"),
        (7.0, "caseid casekey casenumber casenr caseno"),
        (6.0, "case caseidentifier traceid traceconceptname idcaso processinstance processinstanceid"),
        (3.0, "objectid vbeln ebeln aufnr"),
        (2.5, "key processid belnr qmnum banfn"),
        (2.0, "number"),
        (1.5, "id ref reference tid objnr"),
        (1.0, "sa"),
    ],
    stems: &[
        (
            4.0,
            "case trace vorgang vorgangs fall aktenzeichen zaak dossier caso expediente sprawa sprawy případ \
             prípad ärende sag sags sak saks tapaus ügy caz dosar dosya vaka kasus trườnghợp υπόθεση дело кейс процесс \
             справа תיק حالة 案例 案件 事例 ケース 사례 케이스",
        ),
        (
            2.2,
            "order purchase ticket incident request claim application applicant invoice bill patient student candidate \
             contract policy instance recording session service trip journey timeline shipment delivery parcel loan \
             visit admission encounter workorder job document issue complaint quote lead opportunity transaction \
             auftrag auftrags bestell bestellung rechnung rechnungs antrag antrags schaden beleg lieferung vertrag \
             vertrags akte akten meldung anfrage reklamation sendung projekt dokument \
             bestelling factuur aanvraag melding polis patiënt \
             cas commande facture demande sinistre contrat réclamation processus \
             pedido compra factura solicitud contrato siniestro orden proceso trámite documento \
             fatura solicitação processo ordem ordine fattura pratica richiesta contratto \
             zamówienie zlecenie faktura wniosek zgłoszenie objednávka zakázka žádost \
             ordre bestilling beställning ansökan ansøgning søknad tilaus lasku hakemus rendelés számla kérelem \
             siparis sipariş talep başvuru pesanan đơnhàng заявка заявки заказ заказа договор обращение \
             订单 訂單 工单 申请 申請 合同 发票 注文 受注 伝票 契約 주문 신청 계약",
        ),
    ],
    against: &[(
        -1.5,
        "event activity instance index row line item sort sorting step stop user variant variante amount count resource \
         customer product location position task type status owner worker manager arbeitsvorgang",
    )],
};

static ACTIVITY: Vocabulary = Vocabulary {
    exact: &[
        (8.0, "conceptname eventconceptname"),
        (7.0, "activity activityname activityen activityde"),
        (6.0, "eventname"),
        (5.0, "activityid task"),
        (4.5, "event"),
        (3.0, "tcode"),
        (2.5, "state status"),
        (2.0, "what was wat quoi"),
        (1.0, "to nach field"),
    ],
    stems: &[
        (
            5.0,
            "activity aktivität aktivitäts activiteit activité actividad attività atividade activitate aktivita \
             aktivnost czynność aktivitet toiminto tevékenység aktivite faaliyet aktivitas kegiatan hoạtđộng \
             δραστηριότητα активность активність действие дейност פעילות نشاط 活动 活動 アクティビティ 활동",
        ),
        (
            3.5,
            "task step action operation stage stages phase handling tätigkeit schritt arbeitsgang arbeitsvorgang \
             maßnahme taak stap handeling étape tâche opération tarea paso etapa acción operación tarefa passo ação \
             fase azione krok zadanie úkol etap steg trin vaihe lépés işlem adım langkah bước \
             операция этап шаг задача операція крок ενέργεια βήμα 步骤 步驟 操作 环节 工程 作業 手順 단계 작업",
        ),
        (
            2.2,
            "status state event milestone page procedure transaction stop ereignis zustand aktion gebeurtenis \
             événement statut estado evento stato zdarzenie stan stav událost händelse hændelse hendelse tila tapahtuma \
             állapot esemény durum olay статус событие состояние подія κατάσταση 状态 狀態 状態 事件 イベント 상태 이벤트",
        ),
    ],
    against: &[
        (-6.0, "lifecycle transition"),
        (
            -1.5,
            "variant category gender priority reason impact country group role resource user product customer instance \
             comment comments person location next previous old department description issue registration deviation id \
             count duration cost owner index",
        ),
    ],
};

static TIMESTAMP: Vocabulary = Vocabulary {
    exact: &[
        (8.0, "timetimestamp eventtimetimestamp"),
        (7.0, "timestamp"),
        (6.5, "completetimestamp starttimestamp"),
        (6.0, "eventtime eventdatetime starttime startdatetime"),
        (5.0, "eventend endtime enddatetime completetime"),
        (
            4.0,
            "loggedat loggedon changedat changedon updatedat updatedon modifiedat modifiedon completedat completedon \
             startedat finishedat endedat occurredat occurredon performedat executedat recordedat erfasstam geändertam",
        ),
        (3.0, "start complete ts udate beginn inicio"),
        (2.8, "end ende einde"),
        (2.5, "wann when wanneer quand cuando"),
        (2.0, "dt dag tag jour dia erdat aedat budat cpudt"),
    ],
    stems: &[
        (
            5.0,
            "timestamp datetime zeitstempel zeitpunkt tijdstip tijdstempel horodatage marcatemporal fechahora datahora \
             datadora znacznikczasu tidpunkt tidspunkt aikaleima időbélyeg zamandamgası временнаяметка \
             时间戳 時間戳 タイムスタンプ 타임스탬프",
        ),
        (
            3.0,
            "time date stamp zeit datum uhrzeit tijd temps heure hora fecha data ora dată oră czas czasu čas dátum tid dato \
             aika päivä idő zaman tarih waktu tanggal thờigian ngày ώρα χρόνος ημερομηνία время дата час זמן תאריך وقت \
             تاريخ 时间 時間 日時 日期 日付 시간 일시 날짜",
        ),
        (
            1.2,
            "start begin end finish complete completed logged changed updated modified occurred event activity beginn \
             ende erfasst geändert gebucht einde gewijzigd début fin modifié inicio início modificado inizio",
        ),
    ],
    against: &[(
        -2.0,
        "due planned plan expected deadline scheduled schedule valid until birth effective expiration publication \
         creation created opened closed reg target enabled enable assigned order delivery duration delay cost settlement \
         estimated forecast promised requested wait waiting processing \
         fällig fälligkeit geplant geplante geplanter geplantes plan soll gültig frist wunsch geburt geburtsdatum eröffnet angelegt erstellt dauer \
         lieferdatum bestelldatum \
         vervaldatum geboortedatum aangemaakt gepland verwacht leverdatum \
         prévue prévu échéance naissance limite création livraison \
         vencimiento límite nacimiento creación entrega prevista prevista vencimento nascimento criação \
         scadenza nascita creazione consegna termin urodzenia utworzenia planowana срок создания рождения \
         截止 计划 計劃 创建 出生 期限 予定 作成 생성 마감",
    )],
};

static RESOURCE: Vocabulary = Vocabulary {
    exact: &[
        (9.0, "orgresource eventorgresource"),
        (7.0, "resource"),
        (5.0, "user username"),
        (4.5, "userid"),
        (
            4.0,
            "users who wer wie performedby executedby completedby changedby modifiedby updatedby handledby processedby \
             doneby bearbeitetvon geändertvon erfasstvon behandelddoor gewijzigddoor traitépar modifiépar realizadopor \
             modificadopor",
        ),
        (3.0, "usnam ernam aenam createdby"),
    ],
    stems: &[
        (
            4.0,
            "resource performer employee user users agent assignee operator originator actor owner person worker staff \
             author processor executor clerk nurse ressource bearbeiter sachbearbeiter mitarbeiter benutzer \
             medewerker gebruiker utilisateur employé recurso usuario empleado responsable usuário responsável \
             funcionário risorsa utente responsabile operatore zasób użytkownik pracownik zdroj uživatel utilizator \
             handläggare användare sagsbehandler bruger saksbehandler bruker käyttäjä felhasználó kullanıcı pengguna \
             petugas ngườidùng nhânviên χρήστης ресурс пользователь исполнитель сотрудник користувач виконавець משתמש \
             مستخدم 资源 資源 执行人 執行者 操作员 操作員 处理人 担当者 担当 リソース 담당자 사용자",
        ),
        (2.5, "assigned responsible handler"),
    ],
    against: &[(
        -1.5,
        "country organization cost customer type index caller count creator id process kunde client kosten logout login",
    )],
};

/// Words for a number or a key.
pub(super) const IDS: &str = "id ids ident identifier no nr num number key code nummer kennung schlüssel numéro numero \
                              número numer číslo номер 编号 編號 番号 번호";

/// The same as the end of a compound.
pub(super) const ID_ENDINGS: &str =
    "nummer number numero kennung numer numara szám nr id key 编号 編號 番号 번호 号";

/// Last words that add nothing.
pub(super) const FILLERS: &str = "name text label title bezeichnung nombre nom";

/// Words for the end of something.
pub(super) const ENDS: &str = "end ende bis fin final finish stop einde fine koniec";

/// States of an activity. A log may have one row for each.
pub(super) const LIFECYCLE: &str = "start started begin schedule scheduled assign reassign enable enabled suspend suspended resume resumed complete \
     completed end ended finish finished withdraw abort ate_abort pi_abort autoskip manualskip unknown";

/// Values that say yes or no.
pub(super) const BOOLEANS: &str =
    "true false yes no y n t f 0 1 ja nein nee j oui non vrai faux sí si wahr falsch да нет 是 否";

/// The starts of words that name what is done, longer ones included by shorter ones.
pub(super) const ACTIONS: &str = "accept acknowledg adjust allocat analy announc answer appl appoint approv archiv arriv assess assign attach authori \
     bill book build calculat call cancel captur chang check clarif clear clos collect complet confirm contact contin \
     convert correct creat decid declin deliver deploy determin diagnos discharg dispatch distribut draft edit enter \
     escalat estimat evaluat examin execut expir fill final finish follow forward fulfil generat handl identif implement \
     inform initiat inspect insert install invit invoic issu load login logout manag match modif monitor negotiat notif \
     obtain offer open order pack paid pay perform pick plan post prepar print process produc provid publish purchas \
     queu quot reactivat receipt receiv record refund regist reject releas remind remov renew reopen repair repl report \
     request resolv respon retriev return review revis schedul search select send sent ship sign start stop submi suppl \
     suspend take test transfer transmi treat triag unload updat upload valid verif view visit wait withdraw work writ \
     ablehn abgelehn abgeschlossen abschluss abschlie anfrag angebot angelegt anleg annahm antrag auftrag auslief \
     bearbeit beauftrag beend beginn benachrichtig berechn bescheid bestell bestatig bewert bezahl buch eingang \
     eingegangen eingereicht eroffn entscheid erfass erhalt erledig erstell fertig freigab freigegeben genehmig gebucht \
     gepruf geschlossen gesendet geliefert kontroll kommissionier liefer mahn melden meldung montag pruf rechnung \
     reklamation schliess senden stornier ubergab ubermitt verpack versand versend warten zahlung zugewies zuweis \
     aanmak aanvra afgerond afgewez afhandel afrond afwijz beoordel betal bevestig controle goedkeur goedgekeurd indien \
     ingediend ontvang opstel verstuur verzend \
     accord achat annul approuv attribu clotur command creation creer demand emission envo enregistr expedi factur ferm \
     livr ouvr paiement payer recept refus relanc trait verifi \
     abrir acept aceit anul aprob aprov apert asign atribu cerr cobr compr conclu confer consegn cotiz crear criar emit \
     encerr entreg envi fattur fech inici inizi invi ordin pag pedi prepar receb recib rechaz registr rifiut separ \
     solicit spedi termin vend \
     przyj weryfik akcept wysy platnosc zamkn utworz odrzuc регистр провер соглас оплат закры созда отправ получ \
     提交 审核 審核 批准 付款 归档 退回 审批 创建 发送 确认 受付 確認 承認 発送 請求 完了 申請 却下 접수 승인 완료 처리";

/// Words for who does it.
pub(super) const PEOPLE: &str = "resource res user usr person employee emp agent worker operator staff clerk manager officer admin administrator \
     system bot robot batch team group grp dept department role specialist supervisor director analyst assistant engineer \
     technician doctor nurse tester actor expert accountant controller leader member owner buyer mitarbeiter benutzer \
     sachbearbeiter bearbeiter abteilung gruppe leiter medewerker gebruiker afdeling employe utilisateur equipe empleado \
     usuario responsable responsavel funcionario utente operatore";
