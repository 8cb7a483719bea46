/// The look of a page: one column on a phone, two on a screen, and black on white in print. A table that is wider than
/// its place has a shadow at each edge behind which there is more: white covers that move with the table hide it at its
/// ends.
enum PageStyle {
    static let rules: StaticString = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0 auto;max-width:62rem;padding:0 .8rem 2rem;font:1rem/1.45 system-ui,sans-serif;color:#1c1c1c;background:#fff;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.2;margin:1.2rem 0 .3rem}
        h2{font-size:1.2rem;margin:2rem 0 .6rem;padding-bottom:.2rem;border-bottom:2px solid #444}
        p{margin:.5rem 0;max-width:48rem}
        nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;margin:.6rem 0}
        a{color:#14438f}
        nav a,.files a{display:inline-block;padding:.2rem 0}
        .files a{margin-right:.8rem}
        .answer{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:.8rem 1.6rem;margin:1rem 0}
        .answer div{border-top:.25rem solid #332288;padding:.3rem 0}
        .answer p{margin:0}
        .answer .value{font-size:clamp(1.5rem,5vw,2.1rem);font-weight:700;line-height:1.15;font-variant-numeric:tabular-nums}
        .answer .unit{font-size:1rem;font-weight:400}
        .answer .name{font-weight:600}
        .answer .note{font-size:.92rem;color:#444}
        .held{font-weight:600}
        .held.fails{border-left:.5rem double #a00;background:#fbf1f1;padding:.3rem .8rem}
        .verdict{border-left:.5rem solid #117733;padding:.2rem .8rem;margin:1rem 0;background:#f3f6f3}
        .verdict.fails{border-left:.5rem double #a00;background:#fbf1f1}
        .verdict p{font-size:1.1rem;font-weight:600}
        .figures{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}
        @media(min-width:46rem){.figures{grid-template-columns:repeat(2,minmax(0,1fr))}}
        figure{margin:0;padding:.4rem;border:1px solid #bbb;border-radius:.3rem;break-inside:avoid}
        figure svg{display:block;width:100%;height:auto}
        figcaption{font-size:.92rem;padding:.3rem .2rem .1rem}
        .table{overflow-x:auto;margin:1rem 0;max-width:100%;background:linear-gradient(to right,#fff 40%,rgba(255,255,255,0)) left/3rem 100%,linear-gradient(to left,#fff 40%,rgba(255,255,255,0)) right/3rem 100%,linear-gradient(to right,rgba(0,0,0,.3),rgba(0,0,0,0)) left/.9rem 100%,linear-gradient(to left,rgba(0,0,0,.3),rgba(0,0,0,0)) right/.9rem 100%;background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}
        .verdict .table{background:none}
        table{border-collapse:collapse;font-size:.92rem;overflow-wrap:normal}
        caption{text-align:left;font-weight:600;padding:.2rem 0;position:sticky;left:0;max-width:calc(100vw - 1.8rem)}
        th,td{text-align:left;padding:.2rem .7rem .2rem 0;border-bottom:1px solid #ccc;vertical-align:top}
        thead th{border-bottom:2px solid #444}
        tbody th{font-weight:400}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        @media(max-width:32rem){table{font-size:.84rem}th,td{padding-right:.45rem}.verdict thead{display:none}.verdict tbody tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid #ccc}.verdict tbody th,.verdict tbody td{border:0}.verdict tbody td:last-child{grid-column:1/-1}.verdict tbody th{font-weight:600}}
        footer{margin-top:2.5rem;padding-top:.5rem;border-top:1px solid #999;font-size:.85rem}
        @page{margin:12mm}
        @media print{body{max-width:none;padding:0;font-size:10pt}nav,.files{display:none}.table{overflow:visible;background:none}h2{break-after:avoid}tr{break-inside:avoid}.figures{grid-template-columns:repeat(2,minmax(0,1fr))}}
        """
}
