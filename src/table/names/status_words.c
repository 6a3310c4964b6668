/* status_words.c: the tables of the names of columns that tell a sale, and of their values that are none. */
#include "table/names/status_words.h"

#include <string.h>

#include "table/names/role_names.h"

/* As tsl__name_fold leaves them, between bars. */
static const struct {
    tsl__status_kind kind;
    const char *names;
} columns[] = {
    {TSL__STATUS_WORDS,
     "|status|state|orderstatus|orderstate|financialstatus|paymentstatus|paystatus|salesstatus|salestatus|"
     "transactionstatus|transactionstate|invoicestatus|refundstatus|returnstatus|documentstatus|billingstatus|"
     "orderitemstatus|itemstatus|linestatus|"
     "orderstatusname|tradestatus|bookingstatus|reservationstatus|dealstatus|opportunitystatus|"
     "|状态|订单状态|交易状态|退款状态|支付状态|付款状态|售后状态|退货状态|单据状态|订单交易状态|商机状态|发票状态|"
     "子订单状态|商品状态|平台状态|"
     "|bestellstatus|auftragsstatus|zahlungsstatus|zahlstatus|transaktionsstatus|rechnungsstatus|belegstatus|"
     "positionsstatus|"
     "|statut|statutcommande|statutdelacommande|etat|etatcommande|etatdelacommande|statutpaiement|statutdepaiement|"
     "statutdupaiement|statutfacture|statutdelafacture|"
     "|estado|estadopedido|estadodelpedido|estadodepago|estadodelpago|estadopago|estadofactura|estadodelafactura|"
     "estatus|"},
    {TSL__STATUS_DELIVERY,
     "|deliverystatus|deliverystate|shippingstatus|shipmentstatus|shipstatus|trackingstatus|courierstatus|"
     "fulfillmentstatus|fulfilmentstatus|发货状态|物流状态|配送状态|快递状态|签收状态|运单状态|"
     "|lieferstatus|versandstatus|zustellstatus|sendungsstatus|statutlivraison|statutdelivraison|statutdelalivraison|"
     "statutexpedition|etatlivraison|estadoenvio|estadodeenvio|estadodelenvio|estadoentrega|estadodeentrega|"
     "estadodelaentrega|"},
    {TSL__STATUS_STAGE,
     "|stage|stagename|dealstage|salesstage|opportunitystage|pipelinestage|阶段|商机阶段|销售阶段|"
     "|phase|vertriebsphase|verkaufsphase|verkaufschancenphase|etape|etapedevente|etapedelopportunite|"
     "|etapa|etapadeventa|etapadeventas|etapadelnegocio|etapadeoportunidad|fase|"},
    {TSL__STATUS_TYPE,
     "|type|kind|operation|operationtype|eventtype|eventkind|movementtype|transactiontype|txntype|trantype|transtype|"
     "transactionkind|doctype|documenttype|ordertype|salestype|"
     "saletype|invoicetype|recordtype|类型|单据类型|业务类型|交易类型|订单类型|销售类型|票据类型|流水类型|凭证类型|"
     "红蓝标志|红蓝标识|红蓝标记|红蓝字|红蓝字标志|红蓝单|红蓝|发票红蓝标志|"
     "出入库类别|出入库类型|出库类型|出库类别|单据类别|业务类别|收发类别|交易类别|订单类别|单据种类|单据性质|业务性质|"
     "操作类型|事件类型|发票类型|发票类别|"
     "|art|vorgang|geschaftsvorfall|bewegung|belegart|belegtyp|rechnungsart|rechnungstyp|transaktionstyp|"
     "transaktionsart|vorgangsart|auftragsart|buchungsart|"
     "|typedocument|typededocument|typetransaction|typedetransaction|typeoperation|typedoperation|typepiece|"
     "typedepiece|naturedepiece|naturepiece|natureoperation|naturedeloperation|typefacture|typedefacture|typecommande|"
     "typedecommande|typedevente|typemouvement|typedemouvement|typeevenement|typedevenement|"
     "|tipo|tipodocumento|tipodedocumento|tipotransaccion|tipodetransaccion|tipooperacion|tipodeoperacion|"
     "|operacion|tipofactura|tipodefactura|tipopedido|tipodepedido|tipoventa|tipodeventa|tipomovimiento|"
     "tipodemovimiento|tipoevento|tipodeevento|tipodecomprobante|tipocomprobante|clasededocumento|"},
    {TSL__STATUS_BILLING,
     "|billingtype|billtype|billingdocumenttype|billingdoctype|fakturaart|fakturaarten|fkart|vbrkfkart|factureart|"
     "clasedefactura|clasefactura|salesdocumenttype|salesdoctype|sddocumenttype|verkaufsbelegart|auart|vbakauart|"},
    {TSL__STATUS_SIDE,
     "|dc|cd|debitcredit|creditdebit|debitorcredit|creditordebit|debitcreditindicator|creditdebitindicator|"
     "debitcreditcode|dcindicator|cdindicator|dcflag|dcind|drcr|crdr|drcrindicator|side|direction|inout|"
     "inoutflag|flowdirection|cashflow|"
     "|借贷|借贷方向|借贷标志|借贷标识|借贷标记|方向|收支|收支方向|收支类型|收支标志|收付|收付方向|收付标志|出入库|"
     "出入库方向|收发标志|"
     "|sh|sollhaben|sollhabenkennzeichen|sollhabenkz|shkennzeichen|shkz|shkzg|buchungsseite|"
     "|sens|sensecriture|debitoucredit|sensoperation|debehaber|debeohaber|dh|cargoabono|naturaleza|sentido|"},
    {TSL__STATUS_FLAG,
     "|cancelled|canceled|cancel|iscancelled|iscanceled|iscancel|cancelflag|cancelledflag|ordercancelled|wascancelled|"
     "refunded|refund|isrefunded|isrefund|refundflag|refundedflag|wasrefunded|returned|return|isreturned|isreturn|"
     "returnflag|returnedflag|wasreturned|void|voided|isvoid|isvoided|chargeback|ischargeback|disputed|isdisputed|"
     "deleted|isdeleted|islost|test|istest|testorder|istestorder|testtransaction|istesttransaction|testmode|"
     "billingdocumentiscancelled|cancellation|reversal|isreversal|reversed|isreversed|creditnote|iscreditnote|"
     "creditmemo|iscreditmemo|"
     "|是否退款|是否已退款|是否退货|是否已退货|是否取消|是否已取消|是否作废|是否已作废|是否关闭|是否退单|是否撤销|"
     "红字|是否红字|红冲|是否红冲|冲红|是否冲红|红票|是否红票|冲销|是否冲销|是否冲销单|是否删除|是否已删除|已删除|"
     "已取消|已退款|"
     "已退货|已作废|作废|是否测试|测试|测试订单|是否测试订单|是否拒收|"
     "|storniert|iststorniert|storno|iststorno|stornokennzeichen|stornokz|stornoflag|stornierung|retoure|retourniert|"
     "istretoure|erstattet|isterstattet|gutschrift|istgutschrift|geloscht|geloescht|loschkennzeichen|"
     "loeschkennzeichen|testbestellung|fksto|annulliert|"
     "|annule|annulee|estannule|estannulee|rembourse|remboursee|estrembourse|retourne|retournee|avoir|estavoir|"
     "annulation|remboursement|retour|estretour|supprime|supprimee|"
     "commandetest|commandedetest|"
     "|cancelado|cancelada|anulado|anulada|devuelto|devuelta|reembolsado|reembolsada|esdevolucion|devolucion|anulacion|"
     "cancelacion|"
     "reembolso|abono|esabono|eliminado|eliminada|pedidodeprueba|prueba|"},
    {TSL__STATUS_FLAG_OF_SALE, "|livemode|islive|paid|ispaid|won|iswon|isclosedwon|是否付款|是否已付款|是否支付|"
                               "是否已支付|是否成交|是否有效|是否赢单|"
                               "|bezahlt|istbezahlt|paye|payee|estpaye|estpayee|pagado|pagada|espagado|"},
    {TSL__STATUS_DATE,
     "|cancelledat|canceledat|cancelledon|canceledon|cancelleddate|canceleddate|cancelledtime|cancellationdate|"
     "cancellationtime|canceldate|canceltime|datecancelled|datecanceled|ordercancelledat|ordercancelleddate|refundedat|"
     "refundedon|refundeddate|refunddate|refundtime|daterefunded|returnedat|returnedon|returneddate|datereturned|"
     "voidedat|voidedon|voideddate|chargebackdate|"
     "|取消时间|取消日期|订单取消时间|退款时间|退款日期|退货时间|退货日期|作废时间|作废日期|"
     "|stornodatum|storniertam|stornierungsdatum|erstattetam|erstattungsdatum|retourdatum|"
     "|annulele|dateannulation|datedannulation|rembourseele|dateremboursement|dateretour|"
     "|fechacancelacion|fechadecancelacion|fechaanulacion|fechadevolucion|fechareembolso|canceladoel|"},
};

/* Beside the returns among documents (side_words.h). */
static const char no_sales[] =
    "|cancelled|canceled|cancel|ordercancelled|ordercanceled|cancelledbycustomer|cancelledbyseller|cancellation|"
    "customercancelled|autocancelled|void|voided|refunding|fullyrefunded|refundcomplete|refundcompleted|"
    "refundprocessed|refundpending|refundrequested|returnrequested|returncomplete|returncompleted|returnedtoseller|"
    "returntoorigin|rto|disputed|dispute|unpaid|notpaid|pending|paymentpending|pendingpayment|awaitingpayment|"
    "pendingauthorization|onhold|hold|holded|paymentreview|failed|failure|paymentfailed|declined|denied|rejected|"
    "expired|abandoned|draft|checkoutdraft|trash|aborted|unsuccessful|error|fraud|suspectedfraud|uncollectible|lost|"
    "closedlost|undelivered|notdelivered|undeliverable|deliveryfailed|faileddelivery|failedtodeliver|returntoseller|"
    "returningtoseller|returntosender|returnedtosender|returningtosender|returntomerchant|returntowarehouse|"
    "returnedtowarehouse|returninitiated|returnintransit|returninprogress|returnapproved|returnreceived|returning|"
    "rejectedbybuyer|rejectedbycustomer|refusedbybuyer|refusedbycustomer|refused|damaged|lostintransit|rtodelivered|"
    "rtoinitiated|rtointransit|deleted|locked|blocked|refundinprogress|refundinitiated|"
    "refundissued|refundapproved|"
    "wccancelled|wcrefunded|wcfailed|wcpending|wconhold|wccheckoutdraft|quote|quotation|estimate|已取消|"
    "取消|订单取消|取消订单|用户取消|买家取消|卖家取消|系统取消|超时取消|超时关闭|交易取消|交易关闭|已关闭|关闭|"
    "订单关闭|交易失败|失败|已作废|作废|无效|已失效|已退款|退款成功|退款完成|退款中|待退款|申请退款|退款申请中|"
    "已退货|退货中|已退单|退货完成|退货成功|已拒收|拒收|已退订|退订|未付款|待付款|等待买家付款|待支付|未支付|"
    "等待付款|支付失败|支付超时|未成交|已撤销|撤销|已冲销|已挂起|挂起|争议中|纠纷中|拒付|草稿|报价|报价单|输单|丢单|"
    "删除|已删除|锁定|已锁定|订单锁定|冻结|已冻结|暂停|已暂停|商家暂停|取消中|申请取消|取消申请中|拦截|已拦截|退回|"
    "已退回|"
    "退回中|退件|退签|妥投失败|派送失败|配送失败|签收失败|未妥投|丢失|已丢失|破损|已红冲|已冲红|退款完结|退款申请|"
    "退货申请|申请退货|申请退货退款|待退货|待商家收货|待退款审核|无效订单|已驳回|驳回|"
    "storniert|annulliert|abgebrochen|erstattet|ruckerstattet|rueckerstattet|zuruckerstattet|zurueckerstattet|"
    "unzustellbar|nichtzustellbar|nichtzugestellt|zustellungfehlgeschlagen|annahmeverweigert|geloscht|geloescht|"
    "gesperrt|inretoure|retoureeingegangen|stornierungbeantragt|"
    "retourniert|zuruckgesandt|zurueckgesandt|zuruckgegeben|zurueckgegeben|unbezahlt|nichtbezahlt|offen|ausstehend|"
    "zahlungausstehend|abgelaufen|strittig|entwurf|fehlgeschlagen|abgelehnt|widerrufen|angebot|verloren|annule|"
    "annulee|annulation|rembourse|remboursee|retourne|retournee|impaye|impayee|nonpaye|nonpayee|enattente|"
    "enattentedepaiement|echoue|echouee|refuse|refusee|expire|expiree|brouillon|litige|enlitige|devis|perdu|perdue|"
    "nonlivre|nonlivree|nonlivrable|echecdelivraison|livraisonechouee|retouralexpediteur|retourneexpediteur|"
    "retournealexpediteur|retourneealexpediteur|supprime|supprimee|bloque|bloquee|abandonne|"
    "abandonnee|rejete|rejetee|"
    "cancelado|cancelada|cancelacion|anulado|anulada|anulacion|reembolsado|reembolsada|devuelto|devuelta|impagado|"
    "impagada|nopagado|nopagada|pendientedepago|pendiente|enespera|fallido|fallida|rechazado|rechazada|expirado|"
    "expirada|borrador|endisputa|disputado|presupuesto|cotizacion|perdido|perdida|"
    "noentregado|noentregada|entregafallida|devueltoalremitente|devueltaalremitente|devolucionalremitente|eliminado|"
    "eliminada|bloqueado|bloqueada|abandonado|abandonada|rehusado|rehusada|";

/* Of these, that in a status of the delivery only say that it is to come. */
static const char waits[] =
    "|pending|onhold|hold|holded|wcpending|wconhold|offen|ausstehend|enattente|pendiente|enespera|暂停|已暂停|";

/* And those that say it of the payment: an order may have been paid since. */
static const char unpaid[] =
    "|unpaid|notpaid|paymentpending|pendingpayment|awaitingpayment|pendingauthorization|paymentreview|未付款|待付款|"
    "等待买家付款|待支付|未支付|等待付款|unbezahlt|nichtbezahlt|zahlungausstehend|impaye|impayee|nonpaye|nonpayee|"
    "enattentedepaiement|impagado|impagada|nopagado|nopagada|pendientedepago|";

/* Of which a part was given back, or is none. */
static const char parts[] =
    "|partiallyrefunded|partialrefund|partlyrefunded|partiallyreturned|partialreturn|partiallycancelled|"
    "partiallycanceled|部分退款|已部分退款|部分退货|部分取消|"
    "|teilweiseerstattet|teilerstattet|teilweisestorniert|teilstorniert|teilweiseretourniert|"
    "|partiellementrembourse|partiellementremboursee|remboursementpartiel|partiellementannulee|"
    "|parcialmentereembolsado|parcialmentereembolsada|reembolsoparcial|reembolsadoparcialmente|devolucionparcial|";

static const char won[] = "|closedwon|won|dealwon|赢单|已赢单|成交|已成交|gewonnen|geschlossengewonnen|gagne|gagnee|"
                          "fermeegagnee|fermegagne|cloturegagne|ganado|ganada|cerradoganado|cerradaganada|";

/* Stages before it, or without it. */
static const char stages[] =
    "|closedlost|lost|deallost|prospecting|prospect|qualification|qualified|qualifiedtobuy|needsanalysis|"
    "valueproposition|iddecisionmakers|perceptionanalysis|proposal|proposalpricequote|proposalsent|negotiation|"
    "negotiationreview|contractsent|appointmentscheduled|presentationscheduled|decisionmakerboughtin|discovery|"
    "|输单|丢单|初步接洽|需求分析|方案报价|商务谈判|verloren|geschlossenverloren|qualifizierung|verhandlung|"
    "|perdu|perdue|fermeeperdue|fermeperdu|negociation|perdido|perdida|cerradoperdido|cerradaperdida|negociacion|";

/* No and yes of flags, beside those of all tables; a mark alone is yes. */
static const char *const flags[][2] = {{"|nein|n|", "|ja|j|"}, {"|non|n|", "|oui|o|"}, {"|no|n|", "|si|s|"},
                                       {"|falsch|", "|wahr|"}, {"|faux|", "|vrai|"},   {"|falso|", "|verdadero|"},
                                       {"|无|未|", "|有|已|"}, {"", "|x|✓|✔|√|*|"}};

tsl__status_kind tsl__status_find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (tsl__name_is_among(tsl__span_make(name), columns[i].names)) {
            return columns[i].kind;
        }
    }
    return TSL__STATUS_NONE;
}

int tsl__status_is_no_sale(tsl__span value)
{
    return tsl__name_is_among(value, no_sales) || tsl__name_is_among(value, parts) ||
           tsl__document_find(value) == TSL__DOCUMENT_RETURN;
}

unsigned tsl__status_find_flags(tsl__span value, int yes)
{
    unsigned found = 0;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        found |= tsl__name_is_among(value, flags[i][yes]) ? 1U << i : 0;
    }
    return found;
}

int tsl__status_is_type(tsl__status_kind kind)
{
    return kind == TSL__STATUS_TYPE || kind == TSL__STATUS_BILLING;
}

tsl__document tsl__status_find_document(tsl__status_kind kind, tsl__span value)
{
    const tsl__document code = kind == TSL__STATUS_BILLING ? tsl__document_find_code(value) : TSL__DOCUMENT_OTHER;
    return code == TSL__DOCUMENT_OTHER ? tsl__document_find(value) : code;
}

/* ---- Values of several pieces -------------------------------------------------------------------- */

/* Bytes of what parts two pieces, here; 0: nothing does. */
static size_t skip_parting(tsl__span text)
{
    static const char *const partings[] = {
        "(", ")", "[", "]", "（", "）", "【", "】", ", ", "; ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", "，", "；"};
    for (size_t i = 0; i < sizeof partings / sizeof *partings; i++) {
        const size_t n = strlen(partings[i]);
        if (n <= text.n && memcmp(text.s, partings[i], n) == 0) {
            return n;
        }
    }
    return 0;
}

/* 1: the value says so, or one of its pieces: "Shipped - Returned to Seller", (删除)等待出库. */
static int is_any(tsl__span value, int (*is_so)(tsl__span text))
{
    size_t from = 0;
    int is_it = is_so(value);
    for (size_t i = 0; i < value.n && !is_it;) {
        const size_t n = skip_parting((tsl__span){value.s + i, value.n - i});
        is_it = n && is_so((tsl__span){value.s + from, i - from});
        i += n ? n : 1;
        from = n ? i : from;
    }
    return is_it || is_so((tsl__span){value.s + from, value.n - from});
}

static int is_failed_delivery(tsl__span text)
{
    return tsl__status_is_no_sale(text) && !tsl__name_is_among(text, waits);
}

static int is_part(tsl__span text)
{
    return tsl__name_is_among(text, parts);
}

int tsl__status_says_no_sale(tsl__status_kind kind, tsl__span value)
{
    const tsl__document is = tsl__status_find_document(kind, value);
    return is == TSL__DOCUMENT_RETURN || is == TSL__DOCUMENT_NO_SALE ||
           is_any(value, kind == TSL__STATUS_DELIVERY ? is_failed_delivery : tsl__status_is_no_sale);
}

static int is_open(tsl__span text)
{
    return tsl__name_is_among(text, waits) || tsl__name_is_among(text, unpaid);
}

int tsl__status_is_open(tsl__span value)
{
    return is_any(value, is_open);
}

int tsl__status_is_part(tsl__span value)
{
    return is_any(value, is_part);
}

int tsl__status_is_won(tsl__span value)
{
    return tsl__name_is_among(value, won);
}

int tsl__status_is_stage(tsl__span value)
{
    return tsl__name_is_among(value, won) || tsl__name_is_among(value, stages);
}
