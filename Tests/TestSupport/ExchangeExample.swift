/// A small bilevel problem as bilevel solvers exchange it.
public enum ExchangeExample {
    /// The example of MibS's manual: min -x - 7y, where y is as small as 2x - y <= 7 and -2x + 4y <= 16 let it be; the
    /// optimum is x = 6, y = 5.
    public static let model = """
        NAME example
        ROWS
         L R0
         L R1
         N cost
         L R2
         L R3
        COLUMNS
         MARKER 'MARKER' 'INTORG'
         x R0 -3
         x R1 1
         x R2 2
         x R3 -2
         x cost -1
         y R0 2
         y R1 2
         y R2 -1
         y R3 4
         y cost -7
         MARKER 'MARKER' 'INTEND'
        RHS
         B R0 12
         B R1 20
         B R2 7
         B R3 16
        BOUNDS
         UP BND x 10
         UP BND y 5
        ENDATA
        """
}
