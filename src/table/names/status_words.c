/* status_words.c: the tables of the names of columns that tell a sale, and of their values that are none. */
#include "table/names/status_words.h"

#include "table/names/role_names.h"
#include "table/names/side_words.h"

/* As tsl__name_fold leaves them, between bars. */
static const struct {
    tsl__status_kind kind;
    const char *names;
} columns[] = {
    {TSL__STATUS_WORDS,
     "|status|state|orderstatus|orderstate|financialstatus|paymentstatus|paystatus|salesstatus|salestatus|"
     "transactionstatus|transactionstate|invoicestatus|fulfillmentstatus|fulfilmentstatus|refundstatus|returnstatus|"
     "orderstatusname|tradestatus|bookingstatus|reservationstatus|dealstatus|opportunitystatus|"
     "|状态|订单状态|交易状态|退款状态|支付状态|付款状态|售后状态|退货状态|单据状态|订单交易状态|商机状态|"
     "|bestellstatus|auftragsstatus|zahlungsstatus|zahlstatus|transaktionsstatus|"
     "|statut|statutcommande|statutdelacommande|etat|etatcommande|etatdelacommande|statutpaiement|"
     "|estado|estadopedido|estadodelpedido|estadodepago|estatus|"},
    {TSL__STATUS_STAGE,
     "|stage|stagename|dealstage|salesstage|opportunitystage|pipelinestage|阶段|商机阶段|销售阶段|"
     "|phase|vertriebsphase|verkaufsphase|verkaufschancenphase|etape|etapedevente|etapedelopportunite|"
     "|etapa|etapadeventa|etapadeventas|etapadelnegocio|etapadeoportunidad|fase|"},
    {TSL__STATUS_TYPE,
     "|type|transactiontype|txntype|trantype|transtype|transactionkind|doctype|documenttype|ordertype|salestype|"
     "saletype|invoicetype|recordtype|类型|单据类型|业务类型|交易类型|订单类型|销售类型|票据类型|流水类型|凭证类型|"
     "出入库类别|出入库类型|出库类型|出库类别|单据类别|业务类别|收发类别|交易类别|订单类别|"
     "|belegart|belegtyp|transaktionstyp|transaktionsart|vorgangsart|auftragsart|buchungsart|"
     "|typedocument|typededocument|typetransaction|typedetransaction|typeoperation|typedoperation|typepiece|"
     "|tipo|tipodocumento|tipodedocumento|tipotransaccion|tipodetransaccion|tipooperacion|tipodeoperacion|"},
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
     "deleted|isdeleted|islost|"
     "|是否退款|是否已退款|是否退货|是否已退货|是否取消|是否已取消|是否作废|是否已作废|是否关闭|是否退单|是否撤销|"
     "|storniert|iststorniert|storno|retoure|retourniert|istretoure|erstattet|isterstattet|"
     "|annule|annulee|estannule|estannulee|rembourse|remboursee|estrembourse|retourne|retournee|"
     "|cancelado|cancelada|anulado|anulada|devuelto|devuelta|reembolsado|reembolsada|esdevolucion|devolucion|"},
    {TSL__STATUS_FLAG_OF_SALE,
     "|paid|ispaid|won|iswon|isclosedwon|是否付款|是否已付款|是否支付|是否已支付|是否成交|是否有效|是否赢单|"
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
    "closedlost|wccancelled|wcrefunded|wcfailed|wcpending|wconhold|wccheckoutdraft|quote|quotation|estimate|已取消|"
    "取消|订单取消|取消订单|用户取消|买家取消|卖家取消|系统取消|超时取消|超时关闭|交易取消|交易关闭|已关闭|关闭|"
    "订单关闭|交易失败|失败|已作废|作废|无效|已失效|已退款|退款成功|退款完成|退款中|待退款|申请退款|退款申请中|"
    "已退货|退货中|已退单|退货完成|退货成功|已拒收|拒收|已退订|退订|未付款|待付款|等待买家付款|待支付|未支付|"
    "等待付款|支付失败|支付超时|未成交|已撤销|撤销|已冲销|已挂起|挂起|争议中|纠纷中|拒付|草稿|报价|报价单|输单|丢单|"
    "storniert|annulliert|abgebrochen|erstattet|ruckerstattet|rueckerstattet|zuruckerstattet|zurueckerstattet|"
    "retourniert|zuruckgesandt|zurueckgesandt|zuruckgegeben|zurueckgegeben|unbezahlt|nichtbezahlt|offen|ausstehend|"
    "zahlungausstehend|abgelaufen|strittig|entwurf|fehlgeschlagen|abgelehnt|widerrufen|angebot|verloren|annule|"
    "annulee|annulation|rembourse|remboursee|retourne|retournee|impaye|impayee|nonpaye|nonpayee|enattente|"
    "enattentedepaiement|echoue|echouee|refuse|refusee|expire|expiree|brouillon|litige|enlitige|devis|perdu|perdue|"
    "cancelado|cancelada|cancelacion|anulado|anulada|anulacion|reembolsado|reembolsada|devuelto|devuelta|impagado|"
    "impagada|nopagado|nopagada|pendientedepago|pendiente|enespera|fallido|fallida|rechazado|rechazada|expirado|"
    "expirada|borrador|endisputa|disputado|presupuesto|cotizacion|perdido|perdida|";

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

int tsl__status_is_part(tsl__span value)
{
    return tsl__name_is_among(value, parts);
}

int tsl__status_is_won(tsl__span value)
{
    return tsl__name_is_among(value, won);
}

int tsl__status_is_stage(tsl__span value)
{
    return tsl__name_is_among(value, won) || tsl__name_is_among(value, stages);
}
